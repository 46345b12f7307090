package org.peftbench.pocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.peftbench.render.Camera;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.task.TaskGroup;

/**
 * A task of clips of eight frames. What a frame shows is one of a few pictures, where a clip begins
 * is drawn, and the class is the order of the pictures: no frame by itself tells it, and neither do
 * all of them without their order, or no more of it than the scene says.
 */
public final class MotionTask implements RenderedTask {

  /** Frames of a clip. */
  public static final int FRAMES = 8;

  private static final double GRAIN = 0.02;

  private final String name;
  private final int classes;
  private final MotionScene scene;

  MotionTask(String name, int classes, MotionScene scene) {
    this.name = name;
    this.classes = classes;
    this.scene = scene;
  }

  @Override
  public String name() {
    return name;
  }

  /** No group of VTAB's. */
  @Override
  public TaskGroup group() {
    return TaskGroup.OTHER;
  }

  @Override
  public int classes() {
    return classes;
  }

  /** Half as many clips as other tasks have images. */
  @Override
  public int count(Subset subset) {
    return subset.images() / 2;
  }

  /**
   * Renders the frames of a clip, in the order of time.
   *
   * @throws IndexOutOfBoundsException if the subset has no such clip
   */
  public List<PocketImage> render(Subset subset, int index) {
    int label = label(subset, index);
    int begin = dice(subset, Purpose.PLACES, index).below(FRAMES);
    return render(subset, index, label, begin);
  }

  /** The same clip of another class, or begun elsewhere. */
  List<PocketImage> render(Subset subset, int index, int label, int begin) {
    PocketImage[] places = new PocketImage[FRAMES];
    List<PocketImage> frames = new ArrayList<>();
    for (int t = 0; t < FRAMES; t++) {
      int place = scene.place(label, begin, t);
      if (places[place] == null) {
        places[place] = paint(subset, index, label, place);
      }
      frames.add(Objects.requireNonNull(places[place]));
    }
    return frames;
  }

  /** What does not move is drawn of the same numbers each time. */
  private PocketImage paint(Subset subset, int index, int label, int place) {
    Canvas canvas = new Canvas();
    Dice still = dice(subset, Purpose.PIXELS, index);
    scene.paint(canvas, label, place, still);
    Camera.shoot(canvas, still);
    long grain = 1 + (long) index * FRAMES + place;
    Camera.grain(canvas, dice(subset, Purpose.PLACES, -grain), GRAIN);
    return new PocketImage(canvas.bytes(), label);
  }

  @Override
  public String line(Subset subset, int index) {
    return folder(subset, index) + " " + FRAMES;
  }

  private static String folder(Subset subset, int index) {
    return String.format(Locale.ROOT, "clips/%s/%06d", subset.word(), index);
  }

  @Override
  public Map<String, PocketImage> files(Subset subset, int index) {
    List<PocketImage> frames = render(subset, index);
    Map<String, PocketImage> files = new TreeMap<>();
    for (int t = 0; t < FRAMES; t++) {
      String name = String.format(Locale.ROOT, "img_%05d.png", t + 1);
      files.put(folder(subset, index) + "/" + name, frames.get(t));
    }
    return files;
  }

  @Override
  public String toString() {
    return name;
  }
}
