package org.peftbench.train;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Quantile;
import org.peftbench.result.StepTimes;

/** Times training steps, and within each the wait for its input. */
final class StepClock {

  /** Steps after which kernels, allocators and the just-in-time compiler have settled. */
  private static final int WARMUP = 10;

  private static final double NANOS = 1e9;
  private static final int FIRST_CAPACITY = 1024;

  private double[] seconds = new double[FIRST_CAPACITY];
  private int steps;
  private double input;
  private double total;

  /** Adds a step. */
  void add(long nanos, long inputNanos) {
    if (steps == seconds.length) {
      seconds = Arrays.copyOf(seconds, 2 * steps);
    }
    seconds[steps++] = nanos / NANOS;
    input += inputNanos / NANOS;
    total += nanos / NANOS;
  }

  /** What the steps took; at least one was added. */
  StepTimes times() {
    int warmup = Math.min(WARMUP, steps / 2);
    double[] steady = Arrays.copyOfRange(seconds, warmup, steps);
    double[] quantiles = Quantile.withDefaults().evaluate(steady, 0.5, 0.9, 0.99);
    return new StepTimes(
        steps, warmup, seconds[0], quantiles[0], quantiles[1], quantiles[2], input, total);
  }
}
