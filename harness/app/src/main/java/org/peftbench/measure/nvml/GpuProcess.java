package org.peftbench.measure.nvml;

import java.util.Optional;

/**
 * A process with a compute context on a GPU.
 *
 * @param pid its number as the driver knows it, which in a container may be the host's
 * @param usedBytes device memory it holds; empty if the driver does not tell
 */
public record GpuProcess(long pid, Optional<Long> usedBytes) {}
