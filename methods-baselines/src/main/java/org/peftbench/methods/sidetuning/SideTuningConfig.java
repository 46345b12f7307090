package org.peftbench.methods.sidetuning;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of side-tuning; the paper leaves the side network open, its sizes are ours.
 *
 * @param reduction r
 * @param depth blocks of the side network
 */
public record SideTuningConfig(
    @Option(
            doc = "how much narrower the side network is; divides the width",
            value = "8",
            min = 1,
            max = 65536)
        int reduction,
    @Option(doc = "transformer blocks of the side network", value = "4", min = 0, max = 1024)
        int depth) {}
