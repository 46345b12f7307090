package org.peftbench.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.peftbench.render.Camera;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/**
 * 252 species whose genes are drawn from one seed, in the spirit of FractalDB (Kataoka et al.
 * 2020): a label is what the generator did, so that images are free and without end.
 *
 * <p>Nothing is shared with the tasks of {@code pocket} but the brushes: no class, no seed, no
 * image. Every image follows from stream and index alone. Safe for threads.
 */
public final class World {

  /** Side of every image, in pixels. */
  public static final int IMAGE_SIZE = Canvas.SIZE;

  /** Another one is another world. */
  private static final long SEED = 77_003_019;

  private static final int GENES = 0;
  private static final int LABELS = 1;
  private static final int PIXELS = 2;

  private final List<Species> species = new ArrayList<>();

  /** The world. */
  public World() {
    add(80, genes -> List.of(Figure.upright(genes)));
    add(16, genes -> List.of(Figure.tumbling(genes)));
    add(40, genes -> List.of(Ground.of(genes)));
    add(20, genes -> List.of(Swarm.of(genes)));
    add(12, Placed::everywhere);
    add(12, Crowd::ofEverySize);
  }

  private void add(int families, Function<Dice, List<? extends Species>> family) {
    for (int i = 0; i < families; i++) {
      species.addAll(family.apply(Dice.of(SEED, GENES, species.size())));
    }
  }

  /** Number of species; labels are 0 to one less. */
  public int classes() {
    return species.size();
  }

  /**
   * The species of an image. Every run of {@link #classes} images that starts at a multiple of it
   * has each species once.
   *
   * @param stream the sequence of images: another one has no image in common
   * @param index from 0, without end
   */
  public int label(long stream, long index) {
    int classes = classes();
    Dice dice = Dice.of(SEED, LABELS, stream, index / classes);
    return dice.permutation(classes)[(int) (index % classes)];
  }

  /**
   * Renders an image: ({@link #IMAGE_SIZE}, {@link #IMAGE_SIZE}, 3), rows from the top, a byte a
   * value.
   */
  public byte[] render(long stream, long index) {
    Dice dice = Dice.of(SEED, PIXELS, stream, index);
    Canvas canvas = new Canvas();
    species.get(label(stream, index)).paint(canvas, dice);
    Camera.shoot(canvas, dice);
    return canvas.bytes();
  }
}
