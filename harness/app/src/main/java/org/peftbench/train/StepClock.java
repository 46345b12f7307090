package org.peftbench.train;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;
import org.peftbench.result.StepTimes;

/** Times training steps, and within each the wait for its input. */
final class StepClock {

  /** The steps looked at together, so that a single quick one does not end the warm-up. */
  private static final int WINDOW = 5;

  /** How much slower than the median of all a steady step may be. */
  private static final double STEADY = 1.1;

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

  /**
   * Counts the steps until kernels, allocators and the just-in-time compiler have settled; at most
   * half.
   */
  private int warmup() {
    double usual = Median.withDefaults().evaluate(Arrays.copyOf(seconds, steps));
    int first = 0;
    while (first < steps / 2 && mean(first, first + WINDOW) > STEADY * usual) {
      first++;
    }
    return first;
  }

  private double mean(int from, int to) {
    return Mean.of(Arrays.copyOfRange(seconds, from, Math.min(to, steps))).getAsDouble();
  }

  /** Sums up what the steps took; at least one was added. */
  StepTimes times() {
    int warmup = warmup();
    double[] steady = Arrays.copyOfRange(seconds, warmup, steps);
    double[] quantiles = Quantile.withDefaults().evaluate(steady, 0.5, 0.9, 0.99);
    return new StepTimes(
        steps, warmup, seconds[0], quantiles[0], quantiles[1], quantiles[2], input, total);
  }
}
