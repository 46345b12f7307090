package org.peftbench.methods.lst;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of ladder side-tuning; the defaults are the authors', and those of the row of
 * 2.38 M parameters usually quoted on VTAB-1K.
 *
 * @param reduction r
 * @param temperature T
 */
public record LstConfig(
    @Option(
            doc = "how much narrower the side network is; divides the width",
            value = "8",
            min = 1,
            max = 65536)
        int reduction,
    @Option(doc = "temperature of the gates", value = "0.1", min = 1e-6, max = 1e6)
        double temperature) {}
