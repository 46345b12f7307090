package org.peftbench.spi;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;

/** What a side network may use of the backbone besides its taps. */
public interface FrozenBackbone {

  /** The backbone's sizes. */
  ViTConfig config();

  /**
   * Takes the backbone's own last step, with its frozen values: final LayerNorm, then pooling.
   *
   * @param tokens (B, N, D), or (B, {@link #tokensRead}, D); of a pooled map with its fewer tokens
   * @return (B, D)
   */
  NDArray represent(NDArray tokens);

  /**
   * How many tokens of a whole map, from the first on, {@link #represent} reads: those after cost
   * nothing. Of a pooled map it reads no more than there are.
   */
  default int tokensRead() {
    return config().pooling() == Pooling.CLS ? 1 : config().tokens();
  }

  /** Shows no more of a transformer than a side network may use. */
  static FrozenBackbone of(VisionTransformer transformer) {
    return new FrozenBackbone() {
      @Override
      public ViTConfig config() {
        return transformer.config();
      }

      @Override
      public NDArray represent(NDArray tokens) {
        return transformer.represent(tokens, false);
      }
    };
  }
}
