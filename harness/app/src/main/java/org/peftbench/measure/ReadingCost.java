package org.peftbench.measure;

import java.time.Duration;
import java.util.Arrays;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.NvmlException;

/**
 * What readings of a GPU would cost a cell.
 *
 * @param memoryNanos a reading of memory, the median of some
 * @param stateNanos a reading of power, clocks and the like
 */
record ReadingCost(long memoryNanos, long stateNanos) {

  private static final int READINGS = 9;
  private static final double NANOS_A_MILLISECOND = 1e6;

  static ReadingCost of(Gpu gpu) throws NvmlException {
    long[] memory = new long[READINGS];
    long[] state = new long[READINGS];
    for (int i = 0; i < READINGS; i++) {
      long began = System.nanoTime();
      var unused = gpu.occupancy();
      long between = System.nanoTime();
      var unusedToo = gpu.sample();
      memory[i] = between - began;
      state[i] = System.nanoTime() - between;
    }
    Arrays.sort(memory);
    Arrays.sort(state);
    return new ReadingCost(memory[READINGS / 2], state[READINGS / 2]);
  }

  /** For a person, with what a cell makes of it. */
  String words() {
    Duration every = Duration.ofNanos(Sampler.sparing(Watch.GPU_INTERVAL, memoryNanos));
    return "%.2f ms (memory) and %.2f ms (state): while a cell runs, every %d and every %d ms"
        .formatted(
            memoryNanos / NANOS_A_MILLISECOND,
            stateNanos / NANOS_A_MILLISECOND,
            every.toMillis(),
            Math.max(every.toMillis(), GpuMeter.STATE.toMillis()));
  }
}
