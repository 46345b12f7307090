package org.peftbench.methods.fact;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of FacT-TT. The authors choose rank and scale for each task of VTAB-1K; the
 * defaults are what they choose most often, and of two ranks with nine tasks each the larger.
 *
 * @param rank R
 * @param scale s
 * @param dropout probability
 */
public record FactTtConfig(
    @Option(doc = "rank of the factors", value = "16", min = 1, max = 65536) int rank,
    @Tuned(choices = {"0.01", "0.1", "1", "10", "100"})
        @Option(doc = "factor of the update", value = "1")
        double scale,
    @Option(
            doc = "dropout between the core and the last factor",
            value = "0.1",
            min = 0,
            max = 0.99)
        double dropout) {}
