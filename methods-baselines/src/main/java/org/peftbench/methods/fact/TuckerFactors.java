package org.peftbench.methods.fact;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.peftbench.model.Init;
import org.peftbench.model.Part;

/**
 * Tucker's factors: besides U and V a core {@code c} (R, R, R) and a column of {@code p} (R, M) for
 * each of the M tiles, both Xavier uniform.
 */
final class TuckerFactors extends Factors {

  TuckerFactors(Part blocks, long width, long tiles, int rank, double scale, double dropout) {
    super(blocks, width, rank, scale, dropout);
    // PyTorch's fans of a tensor of three axes: the last one's length times each other one's.
    parameter("c", Init.uniform(Math.sqrt(3) / rank), rank, rank, rank);
    parameter("p", Init.xavierUniform(), rank, tiles);
  }

  /** C with its last axis contracted with the columns of some tiles: (R, R, tiles). */
  NDArray cores(int from, int tiles) {
    return value("c").matMul(value("p").get(new NDIndex(":, {}:{}", from, from + tiles)));
  }
}
