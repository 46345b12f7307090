package org.peftbench.methods.repadapter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import org.jspecify.annotations.Nullable;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;

/**
 * A frozen linear layer with a linear adapter before it: y = W x' + c, x' = x + s (B dropout(A x +
 * a) + b). B is block-diagonal: a group of the output sees its group of the bottleneck.
 *
 * <ul>
 *   <li>input (B, N, D), output (B, N, O)
 *   <li>{@code a_weight} (R, D), Xavier uniform; {@code b_weight} (D, R/G), zeros: the blocks of B,
 *       one below the other
 *   <li>{@code a_bias} (R), {@code b_bias} (D), zeros, if there are biases
 * </ul>
 */
final class AdaptedLinear extends Part {

  private final RepAdapterConfig config;
  private final long width;

  AdaptedLinear(Part base, RepAdapterConfig config, long width) {
    this.config = config;
    this.width = width;
    add("base", base);
    parameter("a_weight", Init.xavierUniform(), config.bottleneck(), width);
    parameter("b_weight", Init.ZEROS, width, config.bottleneck() / config.groups());
    if (config.bias()) {
      parameter("a_bias", Init.ZEROS, config.bottleneck());
      parameter("b_bias", Init.ZEROS, width);
    }
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(() -> part("base").forward(adapted(x, training), training));
  }

  private NDArray adapted(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray down = linear(x, value("a_weight"), config.bias() ? value("a_bias") : null);
          NDArray dropped = dropout(down, config.dropout(), training);
          // In place on the new map: autograd keeps x, which the gradient of A needs.
          return linear(dropped, scaledB(), config.bias() ? scaledBias() : null).addi(x);
        });
  }

  /**
   * s B, (D, R), with the zeros beside its blocks: one product instead of a map for each group and
   * another to join them.
   */
  private NDArray scaledB() {
    NDArray blocks = value("b_weight");
    long groups = config.groups();
    NDArray diagonal =
        blocks
            .getManager()
            .eye(config.groups(), config.groups(), 0, blocks.getDataType())
            .muli(number(config.scale()))
            .reshape(groups, 1, groups, 1);
    return blocks
        .reshape(groups, width / groups, 1, config.bottleneck() / groups)
        .mul(diagonal)
        .reshape(width, config.bottleneck());
  }

  private NDArray scaledBias() {
    return scaled(value("b_bias"), config.scale());
  }

  private static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias) {
    return bias == null ? LinearMap.apply(x, weight) : LinearMap.apply(x, weight, bias);
  }

  /** W + W s B A, and c + W s (B a + b) if there are biases. */
  @Override
  protected Part merged(NDManager manager) {
    Part base = part("base");
    try (NDScope scope = scope()) {
      NDArray weight = base.parameter("weight").getArray();
      NDArray b = scaledB();
      if (config.bias()) {
        NDArray shift = linear(value("a_bias"), b, scaledBias()); // (D)
        NDArray bias = linear(shift, weight, base.parameter("bias").getArray());
        base.load("bias", manager, bias.toFloatArray());
      }
      NDArray merged = weight.add(weight.matMul(b).matMul(value("a_weight")));
      base.load("weight", manager, merged.toFloatArray());
    }
    return base;
  }
}
