package org.peftbench.methods.adaptformer;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.peftbench.layers.Projection;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.TransformerBlock;

/**
 * A frozen transformer block with a bottleneck beside its MLP: x' = x + attn(norm1(x)), then x' +
 * mlp(norm2(x')) + s (W_up dropout(ReLU(W_down x' + b_down)) + b_up).
 *
 * <ul>
 *   <li>input and output (B, N, D)
 *   <li>{@code down.weight} (R, D), Kaiming uniform; {@code up.weight} (D, R), zeros
 *   <li>{@code down.bias} (R), {@code up.bias} (D), zeros
 * </ul>
 */
final class AdaptedBlock extends Part {

  private final TransformerBlock base;

  AdaptedBlock(TransformerBlock base, AdaptFormerConfig config, long width) {
    long bottleneck = config.bottleneck();
    this.base = add("base", base);
    add("down", new Projection(width, bottleneck, Init.kaimingUniform(), Init.ZEROS));
    add(
        "up",
        new Projection(
            bottleneck, width, Init.ZEROS, Init.ZEROS, config.dropout(), config.scale()));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray attended = base.attend(x, training);
          NDArray y = base.transform(attended, training);
          // In place: a sum's gradient needs neither of its terms.
          return y.addi(bypass(attended, training));
        });
  }

  private NDArray bypass(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray active = Activation.relu(part("down").forward(x, training));
          return part("up").forward(active, training);
        });
  }
}
