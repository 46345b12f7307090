package org.peftbench.methods.fact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.peftbench.model.Init;
import org.peftbench.model.Part;

/**
 * The blocks, and the factors that all their layers share: {@code u} (R, D), Kaiming uniform, and
 * {@code v} (D, R), zeros. It is here that they are parameters; the layers only read them.
 */
class Factors extends Part {

  private final int rank;
  private final double scale;
  private final double dropout;

  Factors(Part blocks, long width, int rank, double scale, double dropout) {
    this.rank = rank;
    this.scale = scale;
    this.dropout = dropout;
    add("base", blocks);
    parameter("u", Init.kaimingUniform(), rank, width);
    parameter("v", Init.ZEROS, width, rank);
  }

  final NDArray u() {
    return value("u");
  }

  final NDArray v() {
    return value("v");
  }

  final int rank() {
    return rank;
  }

  final double scale() {
    return scale;
  }

  final double dropout() {
    return dropout;
  }

  @Override
  public final NDArray forward(NDArray x, boolean training) {
    return part("base").forward(x, training);
  }

  /** By then every layer below has taken what it needs. */
  @Override
  protected final Part merged(NDManager manager) {
    return part("base");
  }
}
