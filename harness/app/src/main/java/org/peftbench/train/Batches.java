package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Where the inputs of a training step come from. */
public interface Batches {

  /** Number of training images. */
  int images();

  /** The class of a training image. */
  int label(int image);

  /**
   * The inputs of some training images, as {@link org.peftbench.training.Learner#inputs} gives
   * them; valid until the next call.
   *
   * @param manager owner of what is returned
   * @param images their indices
   */
  NDList inputs(NDManager manager, int[] images);

  /** Nanoseconds so far in which inputs were waited for and nothing was computed. */
  long inputNanos();
}
