package org.peftbench.methods.adapter;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of adapters; the defaults are those of the row usually quoted on VTAB-1K.
 *
 * @param bottleneck R
 * @param dropout probability
 */
public record AdapterConfig(
    @Option(doc = "width of the bottleneck", value = "8", min = 1, max = 65536) int bottleneck,
    @Option(doc = "dropout in the bottleneck", value = "0.1", min = 0, max = 0.99)
        double dropout) {}
