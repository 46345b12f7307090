package org.peftbench.methods.adaptformer;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of AdaptFormer: the bottleneck is that of the row usually quoted on VTAB-1K, the
 * rest is the authors' default.
 *
 * @param bottleneck R
 * @param scale s
 * @param dropout probability
 */
public record AdaptFormerConfig(
    @Option(doc = "width of the bottleneck", value = "8", min = 1, max = 65536) int bottleneck,
    @Tuned(choices = {"0.01", "0.1", "1", "10", "100"})
        @Option(doc = "factor of the bottleneck's output", value = "0.1")
        double scale,
    @Option(doc = "dropout in the bottleneck", value = "0.1", min = 0, max = 0.99)
        double dropout) {}
