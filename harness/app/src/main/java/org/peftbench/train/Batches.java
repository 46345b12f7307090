package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** The inputs and labels of training images, from which batches are made. */
public interface Batches {

  /** Counts the training images. */
  int images();

  /** Tells the class of a training image. */
  int label(int image);

  /**
   * Gives the inputs of some training images, as {@link org.peftbench.training.Learner#inputs}
   * gives them; valid until the next call.
   *
   * @param manager owner of what is returned
   * @param images their indices
   */
  NDList inputs(NDManager manager, int[] images);

  /** Counts the nanoseconds so far in which inputs were waited for and nothing was computed. */
  long inputNanos();
}
