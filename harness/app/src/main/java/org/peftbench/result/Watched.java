package org.peftbench.result;

import java.util.List;
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
    Sampling sampling, MemoryCurve resident, Optional<GpuUse> gpu, Optional<MemoryCurve> onGpu) {

  /**
   * How often readings were taken.
   *
   * @param intervalSeconds from one reading to the next, as planned; longer where a reading takes
   *     more than a fiftieth of that
   * @param readings number of them
   * @param largestGapSeconds between two readings, as it was
   * @param cpuSeconds processor time that the readings took
   * @param readingSeconds time that they took, waiting for the system and a driver included; empty
   *     in records of schema 4 and earlier
   */
  public record Sampling(
      double intervalSeconds,
      long readings,
      double largestGapSeconds,
      double cpuSeconds,
      Optional<Double> readingSeconds) {}

  /**
   * Memory over time: the largest reading of each span of equal length, from the start of the
   * child. A span without a reading repeats the one before.
   *
   * @param spanSeconds length of a span
   * @param peakBytes largest reading of each
   */
  public record MemoryCurve(double spanSeconds, List<Long> peakBytes) {

    /** Copies the readings. */
    public MemoryCurve {
      peakBytes = List.copyOf(peakBytes);
    }
  }
}
