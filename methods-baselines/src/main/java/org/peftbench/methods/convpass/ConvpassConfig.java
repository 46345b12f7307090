package org.peftbench.methods.convpass;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of Convpass; the defaults are those of the authors' code before a task is
 * chosen.
 *
 * @param bottleneck R
 * @param scale s
 * @param dropout probability
 * @param target what is bypassed
 * @param convInit first values of the convolution
 */
public record ConvpassConfig(
    @Option(doc = "width of the bottleneck", value = "8", min = 1, max = 4096) int bottleneck,
    @Tuned(choices = {"0.01", "0.1", "1", "10", "100"})
        @Option(doc = "factor of the bypass", value = "1")
        double scale,
    @Option(doc = "dropout in the bottleneck", value = "0.1", min = 0, max = 0.99) double dropout,
    @Option(
            doc = "both: attention and MLP have a bypass each; attention: only that",
            value = "both")
        Target target,
    @Option(
            doc = "identity: the convolution begins by passing its input on; xavier: uniform",
            value = "identity")
        ConvInit convInit) {

  /** What is bypassed in each block. */
  public enum Target {
    /** Attention, and the MLP. */
    BOTH,
    /** Attention alone. */
    ATTENTION
  }

  /** How the convolution begins. */
  public enum ConvInit {
    /** One where a channel's own centre is, zero elsewhere. */
    IDENTITY,
    /** Xavier uniform. */
    XAVIER
  }
}
