package org.peftbench.methods.vpt;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of VPT-shallow; the defaults are those of the authors' commands. On VTAB-1K they
 * choose the number of prompts for each task.
 *
 * @param prompts P
 * @param dropout probability
 */
public record VptShallowConfig(
    @Tuned(choices = {"1", "5", "10", "50", "100"})
        @Option(doc = "number of prompts", value = "50", min = 1, max = 65536)
        int prompts,
    @Option(doc = "dropout on the prompts", value = "0", min = 0, max = 0.99) double dropout) {}
