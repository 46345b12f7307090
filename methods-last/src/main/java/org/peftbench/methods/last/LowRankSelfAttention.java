package org.peftbench.methods.last;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.FusedAttention;
import org.peftbench.model.Init;
import org.peftbench.model.LayerNorm;
import org.peftbench.model.Linear;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/**
 * One LSA module: f(X) = X + s softmax(Q K^T / sqrt(R/H)) V A_up, with Q, K, V = LN(X) A_Q, LN(X)
 * A_K, LN(X) A_V; no feed-forward layer.
 *
 * <ul>
 *   <li>input and output (B, N, D)
 *   <li>{@code norm} (D, D), {@code qkv.weight} (3R, D), {@code up.weight} (D, R), {@code up.bias}
 *       (D)
 * </ul>
 */
final class LowRankSelfAttention extends Part {

  private final LastConfig config;

  LowRankSelfAttention(LastConfig config, ViTConfig backbone) {
    this.config = config;
    long width = backbone.width();
    add("norm", new LayerNorm(width, backbone.layerNormEps()));
    add("qkv", new Linear(width, 3L * config.rank(), Init.xavierUniform(), false));
    Init up = config.zeroInit() ? Init.ZEROS : Init.xavierUniform();
    add("up", new Linear(config.rank(), width, up, config.bias()));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          long batch = x.getShape().get(0);
          long tokens = x.getShape().get(1);
          int heads = config.heads();
          NDArray normed = part("norm").forward(x, training);
          NDArray qkv =
              part("qkv")
                  .forward(normed, training) // (B, N, 3R)
                  .reshape(batch, tokens, 3, heads, config.rank() / heads)
                  .transpose(2, 0, 3, 1, 4); // (3, B, H, N, R/H)
          NDArray attended =
              FusedAttention.apply(qkv.get(0), qkv.get(1), qkv.get(2))
                  .transpose(0, 2, 1, 3)
                  .reshape(batch, tokens, config.rank()); // (B, N, R)
          NDArray up = part("up").forward(attended, training);
          return x.add(config.scale() == 1 ? up : up.mul(config.scale()));
        });
  }
}
