package org.peftbench.model;

import ai.djl.ndarray.NDArray;

/**
 * y = x W^T + b, as PyTorch's {@code nn.Linear}.
 *
 * <ul>
 *   <li>input (..., in), output (..., out)
 *   <li>{@code weight} (out, in), {@code bias} (out)
 * </ul>
 */
public final class Linear extends Part {

  private final boolean bias;

  /** Makes a layer whose bias begins at zero. */
  public Linear(long in, long out, Init weight) {
    this(in, out, weight, true);
  }

  /** Makes a layer whose bias, if it has one, begins at zero. */
  public Linear(long in, long out, Init weight, boolean bias) {
    this.bias = bias;
    parameter("weight", weight, out, in);
    if (bias) {
      parameter("bias", Init.ZEROS, out);
    }
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    NDArray weight = value("weight");
    return bias ? LinearMap.apply(x, weight, value("bias")) : LinearMap.apply(x, weight);
  }
}
