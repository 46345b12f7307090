package org.peftbench.measure;

import java.util.Optional;

/**
 * How a child was watched between the edges of its phases, and what its memory was like over time.
 *
 * @param sampling account of the readings
 * @param resident the child's resident set
 * @param gpu the GPU it ran on; empty on a CPU, and where no driver tells
 * @param onGpu what it held of that GPU; empty if it cannot be told
 */
public record Watched(
    Sampling sampling, MemoryCurve resident, Optional<GpuUse> gpu, Optional<MemoryCurve> onGpu) {}
