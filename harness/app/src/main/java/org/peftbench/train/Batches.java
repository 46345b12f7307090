package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Where the inputs of a training step come from. */
public interface Batches {

  /**
   * The inputs of some training images.
   *
   * @param manager owner of what is returned, closed after the step
   * @param images their indices
   * @return taps or images, as the learner takes them
   */
  NDList inputs(NDManager manager, int[] images);

  /** The class of a training image. */
  int label(int image);
}
