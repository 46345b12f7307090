package org.peftbench.result;

/**
 * What training steps took. A step runs from asking for its input to having its loss, so that no
 * work of a GPU is left over.
 *
 * @param steps all training steps
 * @param warmup first steps that the quantiles leave out
 * @param firstSeconds the first step, which loads kernels and makes the optimiser's state
 * @param p50Seconds median of the steady steps
 * @param p90Seconds nine of ten steady steps took no longer
 * @param p99Seconds 99 of 100 took no longer
 * @param inputSeconds over all steps: waiting for pixels or cached features, computing nothing
 * @param totalSeconds over all steps
 */
public record StepTimes(
    long steps,
    long warmup,
    double firstSeconds,
    double p50Seconds,
    double p90Seconds,
    double p99Seconds,
    double inputSeconds,
    double totalSeconds) {

  /** Checks that there are steps and that they took some time. */
  public StepTimes {
    if (steps < 1 || warmup < 0 || warmup >= steps) {
      throw new IllegalArgumentException(warmup + " warm-up steps of " + steps);
    }
    if (!(p50Seconds >= 0) || !(inputSeconds >= 0) || !(totalSeconds >= inputSeconds)) {
      throw new IllegalArgumentException(
          "steps of %s s, %s s of %s s on input".formatted(p50Seconds, inputSeconds, totalSeconds));
    }
  }

  /** Share of the time that went into waiting for input, 0 to 1. */
  public double inputShare() {
    return totalSeconds > 0 ? inputSeconds / totalSeconds : 0;
  }
}
