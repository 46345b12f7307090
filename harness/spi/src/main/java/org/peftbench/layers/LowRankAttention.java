package org.peftbench.layers;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.FusedAttention;
import org.peftbench.model.Init;
import org.peftbench.model.LayerNorm;
import org.peftbench.model.Linear;
import org.peftbench.model.Part;
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
 */
public final class LowRankAttention extends Part {

  private final int rank;
  private final int heads;
  private final double scale;

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
    this.rank = rank;
    this.heads = heads;
    this.scale = scale;
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
    return scoped(
        () -> {
          long batch = x.getShape().get(0);
          long tokens = x.getShape().get(1);
          NDArray normed = part("norm").forward(x, training);
          NDArray qkv =
              part("qkv")
                  .forward(normed, training) // (B, N, 3R)
                  .reshape(batch, tokens, 3, heads, rank / heads)
                  .transpose(2, 0, 3, 1, 4); // (3, B, H, N, R/H)
          NDArray attended =
              FusedAttention.apply(qkv.get(0), qkv.get(1), qkv.get(2))
                  .transpose(0, 2, 1, 3)
                  .reshape(batch, tokens, rank); // (B, N, R)
          NDArray up = part("up").forward(attended, training);
          return x.add(scaled(up, scale));
        });
  }
}
