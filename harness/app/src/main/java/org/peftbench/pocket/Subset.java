package org.peftbench.pocket;

import java.util.Locale;

/** The parts of a pocket task; no image is in two of them. */
public enum Subset {
  /** For training. */
  TRAIN(0, 800),
  /** For choosing hyper-parameters. */
  VAL(1, 200),
  /** For judging, once. */
  TEST(2, 2000);

  private final int stream;
  private final int images;

  Subset(int stream, int images) {
    this.stream = stream;
    this.images = images;
  }

  /** How many images, the same for each task. */
  public int images() {
    return images;
  }

  /** Which random numbers are the subset's; never another's. */
  int stream() {
    return stream;
  }

  /** The subset's name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
