package org.peftbench.measure;

import java.util.List;

/**
 * Memory over time: the largest reading of each span of equal length, from the start of the child.
 * A span without a reading repeats the one before.
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
