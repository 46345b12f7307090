package org.peftbench.pocket;

import java.util.Map;
import java.util.Objects;
import org.peftbench.render.Dice;
import org.peftbench.task.TaskGroup;

/**
 * A classification task whose images are rendered when they are asked for; safe for threads.
 *
 * <p>Every image follows from the task's name, the subset and the index alone, in arithmetic that
 * Java defines to the last bit: the bytes are the same on every machine and Java version.
 */
public sealed interface RenderedTask permits PocketTask, MotionTask {

  /** Another one is another suite: all hashes and all published results would change. */
  long SUITE_SEED = 20_261_201;

  /** The task's name, such as {@code pocket_count}. */
  String name();

  /** The group that its accuracy counts in. */
  TaskGroup group();

  /** Labels are 0 to {@code classes - 1}. */
  int classes();

  /** How many images or clips a subset has. */
  int count(Subset subset);

  /** What stands before the label in a list. */
  String line(Subset subset, int index);

  /** The images of a line by their paths in the task's folder. */
  Map<String, PocketImage> files(Subset subset, int index);

  /**
   * The class of an image or clip, from 0. Every run of {@code classes} of them that starts at a
   * multiple of it has each class once, in random order, so that any first part of a subset is
   * balanced too.
   *
   * @throws IndexOutOfBoundsException if the subset has no such image or clip
   */
  default int label(Subset subset, int index) {
    Objects.checkIndex(index, count(subset));
    Dice dice = dice(subset, Purpose.LABELS, index / classes());
    return dice.permutation(classes())[index % classes()];
  }

  /** What numbers are for; those of one purpose are never another's. */
  enum Purpose {
    /** Classes. */
    LABELS(1),
    /** What an image or clip looks like. */
    PIXELS(2),
    /** What a place within a clip looks like. */
    PLACES(3);

    private final int key;

    Purpose(int key) {
      this.key = key;
    }
  }

  /** Numbers of an image or clip, and of a part of it. */
  default Dice dice(Subset subset, Purpose purpose, long index) {
    return Dice.of(SUITE_SEED, name().hashCode(), subset.stream(), purpose.key, index);
  }
}
