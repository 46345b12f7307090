package org.peftbench.pocket;

import java.util.Objects;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.task.TaskGroup;

/** A classification task whose images are rendered when they are asked for; safe for threads. */
public final class PocketTask {

  /** Another one is another suite: all hashes and all published results would change. */
  static final long SUITE_SEED = 20_261_201;

  private static final int LABELS = 1;
  private static final int PIXELS = 2;

  private final String name;
  private final TaskGroup group;
  private final int classes;
  private final Scene scene;

  PocketTask(String name, TaskGroup group, int classes, Scene scene) {
    this.name = name;
    this.group = group;
    this.classes = classes;
    this.scene = scene;
  }

  /** The task's name, such as {@code pocket_count}. */
  public String name() {
    return name;
  }

  /** The group of VTAB that the task is like. */
  public TaskGroup group() {
    return group;
  }

  /** Labels are 0 to {@code classes - 1}. */
  public int classes() {
    return classes;
  }

  /**
   * The class of an image, from 0. Every run of {@code classes} images that starts at a multiple of
   * it has each class once, in random order, so that any first part of a subset is balanced too.
   *
   * @throws IndexOutOfBoundsException if the subset has no such image
   */
  public int label(Subset subset, int index) {
    Objects.checkIndex(index, subset.images());
    Dice dice = dice(subset, LABELS, index / classes);
    return dice.permutation(classes)[index % classes];
  }

  /**
   * Renders an image, in well under a millisecond.
   *
   * @throws IndexOutOfBoundsException if the subset has no such image
   */
  public PocketImage render(Subset subset, int index) {
    int label = label(subset, index);
    Dice dice = dice(subset, PIXELS, index);
    Canvas canvas = new Canvas();
    scene.paint(canvas, label, dice);
    return new PocketImage(canvas.bytes(), label);
  }

  private Dice dice(Subset subset, int purpose, int index) {
    return Dice.of(SUITE_SEED, name.hashCode(), subset.stream(), purpose, index);
  }

  @Override
  public String toString() {
    return name;
  }
}
