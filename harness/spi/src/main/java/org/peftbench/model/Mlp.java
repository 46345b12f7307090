package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/** {@code fc1} (D to 4D), exact GELU, {@code fc2} (4D to D): (B, N, D) to (B, N, D). */
public final class Mlp extends Part {

  /** In place where no gradient will ask for what there was: of the widest map there is one. */
  static final String SOURCE =
      """
        def gelu(self: __torch__.M, x: Tensor) -> Tensor:
          if x.requires_grad:
            y = torch.gelu(x)
          else:
            y = torch.gelu_(x)
          return y
      """;

  private static final TorchScript SCRIPT = TorchScript.compile(SOURCE);

  Mlp(ViTConfig config) {
    add("fc1", new Linear(config.width(), config.mlpWidth(), Init.xavierUniform()));
    add("fc2", new Linear(config.mlpWidth(), config.width(), Init.xavierUniform()));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray hidden = part("fc1").forward(x, training);
          NDArray active = SCRIPT.call("gelu", new NDList(hidden)).singletonOrThrow();
          hidden.close(); // its values are gone before the next wide map comes, or active's
          return part("fc2").forward(active, training);
        });
  }
}
