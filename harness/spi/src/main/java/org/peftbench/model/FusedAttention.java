package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Scaled dot-product attention in PyTorch's fused kernel: the (N, N) weights are never stored,
 * which saves most of the memory and time of the plain formula.
 */
public final class FusedAttention {

  private static final TorchScript SCRIPT =
      TorchScript.compile(
          """
            def attention(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
              return torch.scaled_dot_product_attention(q, k, v)
          """);

  private FusedAttention() {}

  /**
   * Computes softmax(q k^T / sqrt(d)) v.
   *
   * @param q queries (B, H, N, d)
   * @param k keys (B, H, M, d)
   * @param v values (B, H, M, d)
   * @return (B, H, N, d)
   */
  public static NDArray apply(NDArray q, NDArray k, NDArray v) {
    return SCRIPT.call("attention", new NDList(q, k, v)).singletonOrThrow();
  }
}
