package org.peftbench.layers;

import ai.djl.ndarray.NDArray;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;

/**
 * One of a bottleneck's two linear layers: y = s (W dropout(x) + b).
 *
 * <ul>
 *   <li>input (..., in), output (..., out), a map of its own that callers may add to in place
 *   <li>{@code weight} (out, in), {@code bias} (out)
 * </ul>
 */
public final class Projection extends Part {

  private final double dropout;
  private final double scale;

  /** Makes a layer without dropout and with s = 1. */
  public Projection(long in, long out, Init weight, Init bias) {
    this(in, out, weight, bias, 0, 1);
  }

  /** Makes a layer with dropout on its input and the factor s. */
  public Projection(long in, long out, Init weight, Init bias, double dropout, double scale) {
    this.dropout = dropout;
    this.scale = scale;
    parameter("weight", weight, out, in);
    parameter("bias", bias, out);
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray input = dropout(x, dropout, training);
          return LinearMap.apply(input, times("weight"), times("bias"));
        });
  }

  /** s times the values, which costs less than s times the map of all tokens and its gradient. */
  private NDArray times(String name) {
    return scaled(value(name), scale);
  }
}
