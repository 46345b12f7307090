package org.peftbench.cell;

import java.util.Locale;

/** A part of a cell's life whose cost is told apart from the others', in order. */
public enum Phase {
  /** From starting the process to its first word: Java's virtual machine. */
  START,
  /** Loading PyTorch, and making CUDA's context. */
  ENGINE,
  /** Reading the backbone's weights and attaching the method. */
  LOAD,
  /** Decoding the training images. */
  DATA,
  /** Running the frozen backbone once over the training images, for cached features. */
  EXTRACT,
  /** Writing these features to disk. */
  KEEP,
  /** Sending images to a cloud, and waiting for their features. */
  RECEIVE,
  /** All training steps. */
  TRAIN,
  /** Judging on val200. */
  VALIDATE,
  /** Judging on the test split. */
  TEST,
  /** Writing what was trained. */
  SAVE,
  /** Timing inference with the trained network and with the plain backbone. */
  INFERENCE;

  /** The phase in which a cell is judged. */
  public static Phase judging(Split split) {
    return split == Split.TEST ? TEST : VALIDATE;
  }

  /** The word in records: {@code train}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
