package org.peftbench.result;

import java.util.Optional;

/**
 * What one phase of a cell took.
 *
 * @param phase start, engine, load, extract, keep, train, validate or test
 * @param seconds wall time between the phase's edges
 * @param peakResidentBytes the child's peak resident set within the phase; empty if unavailable
 */
public record PhaseCost(String phase, double seconds, Optional<Long> peakResidentBytes) {

  /** Checks that the cost is not negative. */
  public PhaseCost {
    if (!(seconds >= 0) || peakResidentBytes.orElse(0L) < 0) {
      throw new IllegalArgumentException(
          "phase " + phase + " took " + seconds + " s and " + peakResidentBytes + " bytes");
    }
  }
}
