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
          NDArray attended = FusedAttention.multihead(qkv, heads);
          qkv.close(); // three maps, gone before the next one comes
          return part("proj").forward(attended, training);
        });
  }
}
