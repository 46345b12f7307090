package org.peftbench.edge;

import java.util.Arrays;
import org.peftbench.result.EdgeUse;

/** Percentiles, each one of the times that were taken. */
final class Latencies {

  private Latencies() {}

  static EdgeUse.Latency of(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return new EdgeUse.Latency(sorted.length, at(sorted, 0.5), at(sorted, 0.9), at(sorted, 0.99));
  }

  /** The smallest that a share of all do not exceed. */
  private static double at(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
