package org.peftbench.methods.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import java.util.List;
import org.peftbench.model.Init;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;

/**
 * A frozen linear layer with low-rank updates of slices of its output: y = W x + b, then y[slice]
 * += s B A dropout(x) for each slice.
 *
 * <ul>
 *   <li>input (B, N, D), output (B, N, O)
 *   <li>{@code a_i} (R, D), Kaiming uniform; {@code b_i} (width of slice i, R), zeros
 * </ul>
 */
final class LoraLinear extends Part {

  /** A range of the output. */
  record Slice(long from, long to) {}

  private final LoraConfig config;
  private final List<Slice> slices;

  LoraLinear(Part base, LoraConfig config, long in, List<Slice> slices) {
    this.config = config;
    this.slices = slices;
    add("base", base);
    for (int i = 0; i < slices.size(); i++) {
      parameter("a_" + i, Init.kaimingUniform(), config.rank(), in);
      parameter("b_" + i, Init.ZEROS, slices.get(i).to - slices.get(i).from, config.rank());
    }
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray y = part("base").forward(x, training);
          NDArray input = dropout(x, config.dropout(), training);
          for (int i = 0; i < slices.size(); i++) {
            // In place: the sum needs no second map of the output's size, nor does its gradient.
            sliced(y, slices.get(i)).addi(update(i, input));
          }
          return y;
        });
  }

  /** A view of the slice; of all there is, the output itself, for a view's gradient is copied. */
  private static NDArray sliced(NDArray y, Slice slice) {
    return slice.to - slice.from == y.getShape().get(2)
        ? y
        : y.get(new NDIndex(":, :, {}:{}", slice.from, slice.to));
  }

  private NDArray update(int i, NDArray x) {
    NDArray down = LinearMap.apply(x, value("a_" + i));
    NDArray middle = scaled(down, config.scale());
    return LinearMap.apply(middle, value("b_" + i));
  }

  /** W, with s B A added to the rows of each slice. */
  @Override
  protected Part merged(NDManager manager) {
    Part base = part("base");
    try (NDScope scope = scope()) {
      NDArray weight = base.parameter("weight").getArray().duplicate();
      for (int i = 0; i < slices.size(); i++) {
        NDArray update = value("b_" + i).matMul(value("a_" + i)).mul(number(config.scale()));
        weight.get(new NDIndex("{}:{}", slices.get(i).from, slices.get(i).to)).addi(update);
      }
      base.load("weight", manager, weight.toFloatArray());
    }
    return base;
  }
}
