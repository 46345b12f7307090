package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.FrozenBackbone;

/** What a side network sees of a transformer. */
record FrozenTransformer(VisionTransformer transformer) implements FrozenBackbone {

  @Override
  public ViTConfig config() {
    return transformer.config();
  }

  @Override
  public NDArray represent(NDArray tokens) {
    return transformer.represent(tokens, false);
  }
}
