package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** The inputs and labels of training images, or of clips, from which batches are made. */
public interface Batches {

  /** Counts the training images. */
  int images();

  /** Tells the class of a training image. */
  int label(int image);

  /**
   * Reads some training images, maybe while another batch computes: nothing is computed here.
   *
   * @param owner of what is returned, or above its owner
   * @param images their indices
   * @param memory of which the arrays may be views
   */
  NDList read(NDManager owner, int[] images, HostMemory memory);

  /**
   * Turns what was read, now on the device, into inputs as {@link
   * org.peftbench.training.Learner#inputs} gives them, in the caller's scope.
   */
  NDList inputs(NDList read);
}
