package org.peftbench.methods.dtl;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of DTL; the defaults are the authors' for all tasks of VTAB-1K.
 *
 * @param rank R
 * @param beta of the swish
 * @param share M/L
 */
public record DtlConfig(
    @Option(
            doc = "rank of what every block gives to the side network",
            value = "2",
            min = 1,
            max = 65536)
        int rank,
    @Option(doc = "steepness of the swish", value = "100", min = 1e-6, max = 1e6) double beta,
    @Option(
            doc = "share of the blocks, the last ones, whose output is adapted; at least one is",
            value = "0.5",
            min = 0,
            max = 1)
        double share) {

  /** M, the number of blocks whose output is adapted. */
  int adapted(int depth) {
    return Math.max(1, (int) Math.round(share * depth));
  }
}
