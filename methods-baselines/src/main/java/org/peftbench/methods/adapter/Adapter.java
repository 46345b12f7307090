package org.peftbench.methods.adapter;

import ai.djl.ndarray.NDArray;
import org.peftbench.layers.Projection;
import org.peftbench.layers.QuickGelu;
import org.peftbench.model.Init;
import org.peftbench.model.Part;

/**
 * A frozen branch with a bottleneck behind it: h = branch(x), then h + W_up dropout(q(W_down h +
 * b_down)) + b_up with q(t) = t sigmoid(1.702 t).
 *
 * <ul>
 *   <li>input and output (B, N, D)
 *   <li>{@code down.weight} (R, D), {@code up.weight} (D, R), Xavier uniform
 *   <li>{@code down.bias} (R), {@code up.bias} (D), normal with deviation 1e-6
 * </ul>
 */
final class Adapter extends Part {

  private static final Init BIAS = Init.normal(1e-6);

  Adapter(Part base, AdapterConfig config, long width) {
    long bottleneck = config.bottleneck();
    add("base", base);
    add("down", new Projection(width, bottleneck, Init.xavierUniform(), BIAS));
    add("act", new QuickGelu());
    add("up", new Projection(bottleneck, width, Init.xavierUniform(), BIAS, config.dropout(), 1));
  }

  /** Values of one adapter, its base not counted. */
  static long values(AdapterConfig config, long width) {
    long bottleneck = config.bottleneck();
    return 2 * bottleneck * width + bottleneck + width;
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray h = part("base").forward(x, training);
          NDArray down = part("down").forward(h, training);
          NDArray active = part("act").forward(down, training);
          // In place on the new map: autograd keeps h, which the gradient of W_down needs.
          return part("up").forward(active, training).addi(h);
        });
  }
}
