package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Scaled dot-product attention in PyTorch's fused kernel: the (N, N) weights are never stored,
 * which saves most of the memory and time of the plain formula.
 *
 * <p>A head dimension d that 8 does not divide is filled up with zeros to one that it does, which
 * changes neither q k^T nor the first d columns of the result. On a GPU the fused kernels take no
 * other, and fall back to the plain formula without a word; on a CPU 10 columns take a third longer
 * than the 16 that they are filled up to.
 */
public final class FusedAttention {

  /**
   * The definition, for functions that call {@code self.split(qkv, heads)}, to a list of q, k and
   * v, {@code self.attention(q, k, v)} and {@code self.joined(attended)}.
   */
  public static final String SOURCE =
      """
        def split(self: __torch__.M, qkv: Tensor, heads: int) -> List[Tensor]:
          b, n, w = torch.size(qkv, 0), torch.size(qkv, 1), torch.size(qkv, 2)
          parts = torch.reshape(qkv, [b, n, 3, heads, w // (3 * heads)])
          return torch.unbind(torch.permute(parts, [2, 0, 3, 1, 4]))
        def joined(self: __torch__.M, x: Tensor) -> Tensor:
          return torch.reshape(torch.transpose(x, 1, 2), [torch.size(x, 0), torch.size(x, 2), torch.size(x, 1) * torch.size(x, 3)])
        def multihead(self: __torch__.M, qkv: Tensor, heads: Tensor) -> Tensor:
          q, k, v = self.split(qkv, int(heads))
          return self.joined(self.attention(q, k, v))
        def attention(self: __torch__.M, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
          d = torch.size(q, 3)
          if d % 8 == 0:
            result = torch.scaled_dot_product_attention(q, k, v)
          else:
            fill = [0, 8 - d % 8]
            wide = torch.scaled_dot_product_attention(torch.pad(q, fill), torch.pad(k, fill), torch.pad(v, fill), scale=1. / torch.sqrt(d))
            result = torch.narrow(wide, 3, 0, d)
          return result
      """;

  private static final TorchScript SCRIPT = TorchScript.compile(SOURCE);

  private FusedAttention() {}

  /**
   * Computes the attention of several heads, each on its part of queries, keys and values.
   *
   * @param qkv queries, keys and values one after the other, each split over the heads (B, N, 3D)
   * @param heads H, which divides D
   * @return the heads' results side by side (B, N, D)
   */
  public static NDArray multihead(NDArray qkv, int heads) {
    NDList arguments = new NDList(qkv, Numbers.of(heads));
    return SCRIPT.call("multihead", arguments).singletonOrThrow();
  }

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
