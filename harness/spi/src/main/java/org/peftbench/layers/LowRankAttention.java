package org.peftbench.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import org.peftbench.model.FusedAttention;
import org.peftbench.model.Init;
import org.peftbench.model.LayerNorm;
import org.peftbench.model.Linear;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;
import org.peftbench.model.TorchScript;
import org.peftbench.model.ViTConfig;

/**
 * Residual self-attention of low rank, without a feed-forward layer: f(X) = X + s softmax(Q K^T /
 * sqrt(R/H)) V A_up, with Q, K, V = LN(X) A_Q, LN(X) A_K, LN(X) A_V.
 *
 * <ul>
 *   <li>input and output (B, N, D)
 *   <li>{@code norm} (D, D), {@code qkv.weight} (3R, D), {@code up.weight} (D, R), {@code up.bias}
 *       (D)
 * </ul>
 *
 * <p>4DR + 2D values, and D with a bias.
 *
 * <p>All of it is one call, and the norm is folded into its projection: LN(X) A = (X - m) / sd (g
 * A) + b A, so that autograd keeps X and no second map of its size. Rounding is that of the plain
 * formula while a token's mean is not far above its standard deviation (it is a third of it in
 * vision transformers; at three times it, errors are 3e-6).
 */
public final class LowRankAttention extends Part {

  /** Apart, so that who only counts values needs no engine. */
  private static final class Compiled {
    static final TorchScript SCRIPT =
        TorchScript.compile(
            FusedAttention.SOURCE
                + LinearMap.SOURCE
                + """
                def module(self: __torch__.M, x: Tensor, tokens: Tensor, gamma: Tensor, beta: Tensor, eps: Tensor, qkv: Tensor, heads: Tensor, up: Tensor, bias: Tensor, scale: Tensor) -> Tensor:
                  b, n, d = torch.size(x, 0), torch.size(x, 1), torch.size(x, 2)
                  wanted = int(tokens)
                  flat = torch.reshape(x, [b * n, d])
                  low = torch.is_autocast_enabled() or torch.is_autocast_cpu_enabled()
                  if low:
                    p = self.linear(torch.layer_norm(flat, [d], gamma, beta, float(eps)), qkv, None)
                  else:
                    p = self.folded(flat, gamma, beta, float(eps), qkv)
                  q, k, v = self.split(torch.reshape(p, [b, n, -1]), int(heads))
                  if wanted < n:
                    flat = torch.reshape(torch.narrow(x, 1, 0, wanted), [b * wanted, d])
                    q = torch.narrow(q, 2, 0, wanted)
                  a = torch.reshape(self.joined(self.attention(q, k, v)), [b * wanted, -1])
                  shift = annotate(Optional[Tensor], None)
                  if torch.dim(bias) == 1:
                    shift = bias * scale
                  y = self.linear(a, up * scale, shift)
                  if low:
                    y = torch.add(flat, y)
                  else:
                    y = torch.add_(y, flat)
                  return torch.reshape(y, [b, wanted, d])
                def folded(self: __torch__.M, x: Tensor, gamma: Tensor, beta: Tensor, eps: float, qkv: Tensor) -> Tensor:
                  d, r3 = torch.size(x, 1), torch.size(qkv, 0)
                  w = qkv * gamma
                  centred = w - torch.mean(w, [1], True)
                  means = torch.new_full(w, [8 - r3 % 8, d], 1. / d)
                  p, mean, same = torch.split_with_sizes(self.linear(x, torch.cat([centred, means]), None), [r3, 1, 7 - r3 % 8], 1)
                  norm = torch.linalg_vector_norm(x, 2, [1], True)
                  var = torch.clamp_min(norm * norm / d - mean * mean, 0.)
                  return p * torch.rsqrt(var + eps) + self.linear(beta, qkv, None)
              """);
  }

  private final int heads;
  private final double scale;
  private final double epsilon;
  private final boolean bias;

  /**
   * Makes a module for the tokens of a transformer.
   *
   * @param backbone gives D and the norm's epsilon
   * @param rank R; a multiple of {@code heads}
   * @param heads H
   * @param scale s
   * @param up first values of the up-projection
   * @param bias whether the up-projection has one
   */
  public LowRankAttention(
      ViTConfig backbone, int rank, int heads, double scale, Init up, boolean bias) {
    if (rank % heads != 0) {
      throw new IllegalArgumentException(
          "rank " + rank + " cannot be split over " + heads + " heads");
    }
    this.heads = heads;
    this.scale = scale;
    this.bias = bias;
    this.epsilon = backbone.layerNormEps();
    long width = backbone.width();
    add("norm", new LayerNorm(width, backbone.layerNormEps()));
    add("qkv", new Linear(width, 3L * rank, Init.xavierUniform(), false));
    add("up", new Linear(rank, width, up, bias));
  }

  /** Counts the values of a module for tokens of a width. */
  public static long values(long width, long rank, boolean bias) {
    return 4 * width * rank + 2 * width + (bias ? width : 0);
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return forward(x, Math.toIntExact(x.getShape().get(1)));
  }

  /** Computes the first of the tokens alone, (B, n, D): they attend to all, the others to none. */
  public NDArray forward(NDArray x, int tokens) {
    NDList arguments =
        new NDList(
            x,
            number(tokens),
            value("norm.weight"),
            value("norm.bias"),
            number(epsilon),
            value("qkv.weight"),
            number(heads),
            value("up.weight"),
            bias ? value("up.bias") : number(0),
            number(scale));
    return Compiled.SCRIPT.call("module", arguments).singletonOrThrow();
  }
}
