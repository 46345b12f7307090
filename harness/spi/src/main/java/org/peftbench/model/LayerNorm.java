package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/**
 * Normalises the last axis, then scales and shifts: input and output (..., D), {@code weight} and
 * {@code bias} (D).
 */
public final class LayerNorm extends Part {

  private final Shape shape;
  private final float epsilon;

  /** Makes a norm over the last {@code width} values. */
  public LayerNorm(long width, double epsilon) {
    this.shape = new Shape(width);
    this.epsilon = (float) epsilon;
    parameter("weight", Init.ONES, width);
    parameter("bias", Init.ZEROS, width);
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return ai.djl.nn.norm.LayerNorm.layerNorm(x, shape, value("weight"), value("bias"), epsilon)
        .singletonOrThrow();
  }
}
