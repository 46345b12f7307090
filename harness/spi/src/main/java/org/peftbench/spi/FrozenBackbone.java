package org.peftbench.spi;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.ViTConfig;

/** What a side network may use of the backbone besides its taps. */
public interface FrozenBackbone {

  /** The sizes. */
  ViTConfig config();

  /**
   * The backbone's own last step, with its frozen values: final LayerNorm, then pooling.
   *
   * @param tokens (B, N, D)
   * @return (B, D)
   */
  NDArray represent(NDArray tokens);
}
