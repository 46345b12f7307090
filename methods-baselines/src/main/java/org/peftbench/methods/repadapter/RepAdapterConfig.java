package org.peftbench.methods.repadapter;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of RepAdapter; the defaults are those of the authors' code before a task is
 * chosen, without the biases, which the published count leaves out.
 *
 * @param bottleneck R
 * @param groups G, of the up-projection; divides R and the backbone's width
 * @param scale s
 * @param dropout probability
 * @param bias whether both projections have one
 * @param target what is adapted
 */
public record RepAdapterConfig(
    @Option(doc = "width of the bottleneck", value = "8", min = 1, max = 65536) int bottleneck,
    @Option(
            doc = "groups of the up-projection; divides the bottleneck and the width",
            value = "2",
            min = 1,
            max = 65536)
        int groups,
    @Tuned(choices = {"0.1", "0.5", "1", "5", "10"})
        @Option(doc = "factor of the adapter", value = "1")
        double scale,
    @Option(doc = "dropout in the bottleneck", value = "0.1", min = 0, max = 0.99) double dropout,
    @Option(doc = "whether both projections have a bias", value = "false") boolean bias,
    @Option(
            doc = "both: before attention and before the MLP; attention: only there",
            value = "both")
        Target target) {

  /** What is adapted in each block. */
  public enum Target {
    /** The inputs of attention and of the MLP. */
    BOTH,
    /** The input of attention alone. */
    ATTENTION
  }

  /** Checks that the groups share the bottleneck. */
  public RepAdapterConfig {
    if (bottleneck % groups != 0) {
      throw new IllegalArgumentException(
          "bottleneck " + bottleneck + " cannot be split into " + groups + " groups");
    }
  }
}
