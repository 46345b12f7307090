package org.peftbench.methods.dora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import java.util.Random;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;

/**
 * A frozen linear layer whose weight is taken apart into magnitude and direction: y = g (W x + s B
 * A dropout(x)) + b, with g = m / |W + s B A|, row by row.
 *
 * <ul>
 *   <li>input (B, N, D), output (B, N, O)
 *   <li>{@code a} (R, D), Kaiming uniform; {@code b} (O, R), zeros
 *   <li>{@code magnitude} (O), m, begins as |W|
 * </ul>
 */
final class DoraLinear extends Part {

  private static final int[] COLUMNS = {1};

  private final DoraConfig config;

  DoraLinear(Part base, DoraConfig config) {
    this.config = config;
    add("base", base);
    Shape weight = frozen("weight").getShape();
    parameter("a", Init.kaimingUniform(), config.rank(), weight.get(1));
    parameter("b", Init.ZEROS, weight.get(0), config.rank());
    parameter("magnitude", this::weightNorms, weight.get(0));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray input = dropout(x, config.dropout(), training);
          NDArray down = LinearMap.apply(input, value("a"));
          NDArray middle = scaled(down, config.scale());
          NDArray y = LinearMap.apply(x, frozen("weight").getArray());
          // In place, as the bias is: of the output's size, only what g multiplies is kept.
          y.addi(LinearMap.apply(middle, value("b")));
          return y.mul(gain()).addi(frozen("bias").getArray());
        });
  }

  /** g (O). The norms are constants to the gradient, as in section 4.3 of the paper. */
  private NDArray gain() {
    return scoped(() -> value("magnitude").div(direction().norm(COLUMNS)));
  }

  /** W + s B A (O, D), outside of the graph. */
  private NDArray direction() {
    return scoped(
        () ->
            value("b")
                .stopGradient()
                .matMul(value("a").stopGradient())
                .muli(number(config.scale()))
                .addi(frozen("weight").getArray()));
  }

  /** The first magnitude: norms of the rows of W, whatever it is by then. */
  private float[] weightNorms(Shape shape, Random random) {
    try (NDScope scope = scope()) {
      return frozen("weight").getArray().norm(COLUMNS).toFloatArray();
    }
  }

  private Parameter frozen(String name) {
    return part("base").parameter(name);
  }

  /** g (W + s B A), row by row; the bias stays. */
  @Override
  protected Part merged(NDManager manager) {
    Part base = part("base");
    try (NDScope scope = scope()) {
      NDArray weight = direction().muli(gain().reshape(-1, 1));
      base.load("weight", manager, weight.toFloatArray());
    }
    return base;
  }
}
