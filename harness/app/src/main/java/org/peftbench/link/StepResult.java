package org.peftbench.link;

import java.util.List;

/**
 * What training steps cost.
 *
 * @param seconds of each counted step
 * @param residentBytes resident set before the first step
 * @param peakBytes peak resident set over all steps
 */
public record StepResult(List<Double> seconds, long residentBytes, long peakBytes) {

  /** Copies the times. */
  public StepResult {
    seconds = List.copyOf(seconds);
  }
}
