package org.peftbench.model;

import ai.djl.ndarray.NDArray;

/**
 * Multi-head self-attention, (B, N, D) to (B, N, D): {@code qkv} (D to 3D, queries, keys and values
 * one after the other, each split over the heads) and {@code proj} (D to D).
 */
public final class Attention extends Part {

  private final int heads;

  Attention(ViTConfig config) {
    heads = config.heads();
    long width = config.width();
    add("qkv", new Linear(width, 3 * width, Init.xavierUniform()));
    add("proj", new Linear(width, width, Init.xavierUniform()));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray qkv = part("qkv").forward(x, training); // (B, N, 3D)
          long batch = qkv.getShape().get(0);
          long tokens = qkv.getShape().get(1);
          long width = qkv.getShape().get(2) / 3;
          NDArray split =
              qkv.reshape(batch, tokens, 3, heads, width / heads)
                  .transpose(2, 0, 3, 1, 4); // (3, B, H, N, D/H)
          NDArray attended =
              FusedAttention.apply(split.get(0), split.get(1), split.get(2)) // (B, H, N, D/H)
                  .transpose(0, 2, 1, 3)
                  .reshape(batch, tokens, width); // (B, N, D)
          return part("proj").forward(attended, training);
        });
  }
}
