package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.peftbench.training.SharedTaps;

/** Makes inputs from pixels at each step: the backbone runs live. */
public abstract class LiveBatches implements Batches {

  final ImageArrays arrays;
  private final SharedTaps taps;

  /** Batches for learners of one backbone. */
  protected LiveBatches(ImageArrays arrays, SharedTaps taps) {
    this.arrays = arrays;
    this.taps = taps;
  }

  /** Makes the images of what was read, now on the device: (B, 3, S, S). */
  public final NDArray images(NDList read) {
    return arrays.floats(read.singletonOrThrow());
  }

  @Override
  public final NDList inputs(NDList read) {
    return taps.read(images(read));
  }
}
