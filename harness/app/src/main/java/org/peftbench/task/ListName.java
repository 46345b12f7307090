package org.peftbench.task;

/** The lists of images in a task's folder. */
public enum ListName {
  /** For training while hyper-parameters are chosen. */
  TRAIN800("train800", 800),
  /** For judging hyper-parameters. */
  VAL200("val200", 200),
  /** Both of the above, for the final training. */
  TRAIN800VAL200("train800val200", 1000),
  /** For judging, once. */
  TEST("test", 0);

  private final String word;
  private final int usualImages;

  ListName(String word, int usualImages) {
    this.word = word;
    this.usualImages = usualImages;
  }

  /** The list's file in the task's folder. */
  public String fileName() {
    return word + ".txt";
  }

  /** How many images VTAB-1K has here, for this task. */
  int officialImages(Task task) {
    return this == TEST ? task.officialTestImages().orElse(0) : usualImages;
  }

  /** Whether it is trained on. */
  boolean isForTraining() {
    return this == TRAIN800 || this == TRAIN800VAL200;
  }

  /** Whether what is trained on here is judged on there. */
  boolean mustNotShareWith(ListName judge) {
    return isForTraining() && (judge == TEST || (this == TRAIN800 && judge == VAL200));
  }

  /** The list's name as in file names. */
  @Override
  public String toString() {
    return word;
  }
}
