package org.peftbench.measure;

import java.util.Optional;
import org.peftbench.measure.nvml.GpuFacts;

/**
 * The GPU that a cell ran on.
 *
 * @param facts what it is
 * @param attribution how the child's memory was told from that of others: {@code pid}, {@code
 *     newpid}, {@code delta} or {@code none}
 * @param idleWatts what it drew before the child started
 */
public record GpuUse(GpuFacts facts, String attribution, Optional<Double> idleWatts) {}
