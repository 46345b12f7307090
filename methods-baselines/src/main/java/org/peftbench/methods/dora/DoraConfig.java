package org.peftbench.methods.dora;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of DoRA; the defaults are those of LoRA's row, so that the two differ in nothing
 * but the magnitude.
 *
 * @param rank R
 * @param scale s
 * @param dropout probability
 */
public record DoraConfig(
    @Option(doc = "rank of the update", value = "8", min = 1, max = 65536) int rank,
    @Option(doc = "factor of the update", value = "1") double scale,
    @Option(doc = "dropout on the input of the update", value = "0.1", min = 0, max = 0.99)
        double dropout) {}
