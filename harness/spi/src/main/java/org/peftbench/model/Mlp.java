package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;

/** {@code fc1} (D to 4D), exact GELU, {@code fc2} (4D to D): (B, N, D) to (B, N, D). */
public final class Mlp extends Part {

  Mlp(ViTConfig config) {
    add("fc1", new Linear(config.width(), config.mlpWidth(), Init.xavierUniform()));
    add("fc2", new Linear(config.mlpWidth(), config.width(), Init.xavierUniform()));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray hidden = part("fc1").forward(x, training);
          NDArray active = Activation.gelu(hidden);
          hidden.close(); // the widest map of the block: gone before the next one comes
          return part("fc2").forward(active, training);
        });
  }
}
