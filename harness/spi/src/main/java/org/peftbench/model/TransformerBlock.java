package org.peftbench.model;

import ai.djl.ndarray.NDArray;

/**
 * A pre-norm transformer block, (B, N, D) to (B, N, D): x + attn(norm1(x)), then x + mlp(norm2(x)).
 */
public final class TransformerBlock extends Part {

  /** Makes a block of a transformer's sizes, of which width, heads and MLP width count. */
  public TransformerBlock(ViTConfig config) {
    add("norm1", new LayerNorm(config.width(), config.layerNormEps()));
    add("attn", new Attention(config));
    add("norm2", new LayerNorm(config.width(), config.layerNormEps()));
    add("mlp", new Mlp(config));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(() -> transform(attend(x, training), training));
  }

  /** Computes the first half: x + attn(norm1(x)). */
  public NDArray attend(NDArray x, boolean training) {
    return scoped(() -> branch("norm1", "attn", x, training).addi(x));
  }

  /** Computes the second half: x + mlp(norm2(x)). */
  public NDArray transform(NDArray x, boolean training) {
    return scoped(() -> branch("norm2", "mlp", x, training).addi(x));
  }

  private NDArray branch(String norm, String body, NDArray x, boolean training) {
    return scoped(() -> part(body).forward(part(norm).forward(x, training), training));
  }
}
