package org.peftbench.methods.vpt;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of VPT-deep; the defaults are the length of the authors' general commands and
 * the dropout of those for VTAB-1K, where they choose the number of prompts for each task.
 *
 * @param prompts P
 * @param dropout probability
 */
public record VptDeepConfig(
    @Tuned(choices = {"1", "5", "10", "50", "100"})
        @Option(doc = "number of prompts before each block", value = "50", min = 1, max = 65536)
        int prompts,
    @Option(doc = "dropout on the prompts", value = "0.1", min = 0, max = 0.99) double dropout) {}
