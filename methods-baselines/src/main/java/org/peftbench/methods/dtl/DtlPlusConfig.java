package org.peftbench.methods.dtl;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of DTL+; the defaults are the authors'. Only the kernel varies with their tasks.
 *
 * @param rank R
 * @param beta of the swish
 * @param share M/L
 * @param kernel k
 */
public record DtlPlusConfig(
    @Option(
            doc = "rank of what every block gives to the side network",
            value = "2",
            min = 1,
            max = 65536)
        int rank,
    @Option(doc = "steepness of the swish", value = "100", min = 1e-6, max = 1e6) double beta,
    @Option(
            doc = "share of the blocks, the last ones, whose output is adapted; at least two are",
            value = "0.5",
            min = 0,
            max = 1)
        double share,
    @Option(doc = "side of the convolution's kernel, in patches", value = "3", min = 1, max = 1024)
        int kernel) {

  /**
   * M, the number of blocks whose output is adapted: at least two, because the last block's
   * convolution never reaches a class token.
   */
  int adapted(int depth) {
    return Math.min(depth, Math.max(2, (int) Math.round(share * depth)));
  }
}
