package org.peftbench.methods.adapterplus;

import org.peftbench.spi.Option;

/**
 * Hyper-parameters of Adapter+; the defaults are those of the authors' runs with one bottleneck for
 * all tasks. Their recipe also has stochastic depth in the backbone's blocks (0.1) and no weight
 * decay of biases and scales, which are not for a method to choose.
 *
 * @param bottleneck R
 * @param dropPath probability
 */
public record AdapterPlusConfig(
    @Option(doc = "width between the two projections", value = "8", min = 1, max = 65536)
        int bottleneck,
    @Option(
            doc = "stochastic depth: how often an image skips an adapter in training",
            value = "0.1",
            min = 0,
            max = 0.99)
        double dropPath) {}
