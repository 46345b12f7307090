package org.peftbench.methods.convpass;

import ai.djl.ndarray.NDArray;
import org.peftbench.layers.Projection;
import org.peftbench.layers.QuickGelu;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/**
 * A frozen branch with a convolutional bypass: branch(x) + s (W_up dropout(q(conv(q(W_down x +
 * b_down)))) + b_up) with q(t) = t sigmoid(1.702 t); x is already normalised.
 *
 * <ul>
 *   <li>input and output (B, N, D)
 *   <li>{@code down.weight} (R, D), Xavier uniform; {@code up.weight} (D, R), zeros
 *   <li>{@code conv.weight} (R, R, 3, 3), as configured
 *   <li>{@code down.bias}, {@code conv.bias} (R), {@code up.bias} (D), zeros
 * </ul>
 */
final class BypassedBranch extends Part {

  BypassedBranch(Part base, ConvpassConfig config, ViTConfig backbone) {
    long width = backbone.width();
    long bottleneck = config.bottleneck();
    add("base", base);
    add("down", new Projection(width, bottleneck, Init.xavierUniform(), Init.ZEROS));
    add("conv", new GridConvolution(bottleneck, backbone.grid(), config.convInit()));
    add("act", new QuickGelu());
    add(
        "up",
        new Projection(
            bottleneck, width, Init.ZEROS, Init.ZEROS, config.dropout(), config.scale()));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray y = part("base").forward(x, training);
          // In place: a sum's gradient needs neither of its terms.
          return y.addi(bypass(x, training));
        });
  }

  private NDArray bypass(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray down = active("down", x, training);
          return part("up").forward(active("conv", down, training), training);
        });
  }

  private NDArray active(String layer, NDArray x, boolean training) {
    return scoped(() -> part("act").forward(part(layer).forward(x, training), training));
  }
}
