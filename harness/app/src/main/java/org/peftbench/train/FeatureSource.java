package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** Where cached taps are read from. */
@FunctionalInterface
interface FeatureSource {

  /** Reads the taps of some images, as float32; valid until the next call. */
  NDList read(NDManager manager, int[] images);
}
