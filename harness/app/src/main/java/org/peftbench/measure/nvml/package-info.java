/** Reads NVIDIA GPUs through the driver's management library, without a CUDA context. */
@NullMarked
package org.peftbench.measure.nvml;

import org.jspecify.annotations.NullMarked;
