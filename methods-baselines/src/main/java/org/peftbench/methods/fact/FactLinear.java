package org.peftbench.methods.fact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import org.peftbench.model.LinearMap;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/**
 * A frozen linear layer whose weight (O, I) is updated tile by tile, W[i, j] += s V S[i, j] U:
 * input (B, N, I), output (B, N, O).
 */
abstract class FactLinear extends Part {

  private final Factors factors;
  private final int outputs;
  private final int inputs;

  FactLinear(Part base, Factors factors, Layer layer, ViTConfig backbone) {
    this.factors = factors;
    this.outputs = layer.outputs(backbone);
    this.inputs = layer.inputs(backbone);
    add("base", base);
  }

  /** S, the cores of the tiles side by side: (R * tiles of the output, R * tiles of the input). */
  abstract NDArray core();

  @Override
  public final NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray y = part("base").forward(x, training);
          NDArray middle = dropout(middle(x), factors.dropout(), training);
          // In place: the sum needs no second map of the output's size, nor does its gradient.
          return y.addi(up(middle, y.getShape().get(2)));
        });
  }

  /** S U x, (B, N, R * tiles of the output). */
  private NDArray middle(NDArray x) {
    return inputs == 1
        ? LinearMap.apply(LinearMap.apply(x, factors.u()), core())
        // The wide input is read once, where it lies, instead of tile by tile.
        : LinearMap.apply(x, down(x.getShape().get(2)));
  }

  /** S U, (R * tiles of the output, I). */
  private NDArray down(long in) {
    long rows = (long) outputs * factors.rank();
    NDArray tiles = core().reshape(rows, inputs, factors.rank()).matMul(factors.u());
    return cut(tiles.reshape(rows, -1), 1, in);
  }

  /** s V for each tile of the output, (B, N, O). */
  private NDArray up(NDArray middle, long out) {
    long batch = middle.getShape().get(0);
    long tokens = middle.getShape().get(1);
    NDArray times = scaled(middle, factors.scale());
    NDArray tiles =
        LinearMap.apply(times.reshape(batch, tokens, outputs, factors.rank()), factors.v());
    return cut(tiles.reshape(batch, tokens, -1), 2, out);
  }

  /** What lies within the layer; whole tiles stay as they are, for a cut's gradient is a copy. */
  private static NDArray cut(NDArray tiles, int axis, long size) {
    if (tiles.getShape().get(axis) == size) {
      return tiles;
    }
    return tiles.get(new NDIndex().addAllDim(axis).addSliceDim(0, size));
  }

  /** W with s V S U added. */
  @Override
  protected final Part merged(NDManager manager) {
    Part base = part("base");
    try (NDScope scope = scope()) {
      NDArray weight = base.parameter("weight").getArray();
      long out = weight.getShape().get(0);
      long in = weight.getShape().get(1);
      NDArray update = factors.v().matMul(down(in).reshape(outputs, factors.rank(), in));
      NDArray rows = cut(update.reshape(-1, in), 0, out);
      base.load("weight", manager, rows.mul(number(factors.scale())).addi(weight).toFloatArray());
    }
    return base;
  }
}
