package org.peftbench.edge;

import java.time.Duration;
import java.util.SplittableRandom;

/** How long to wait before trying again: longer each time, and not as long as others wait. */
final class Backoff {

  private static final int MOST_DOUBLINGS = 20;

  private final Duration first;
  private final Duration most;
  private final SplittableRandom random;

  /**
   * A backoff.
   *
   * @param first wait, about
   * @param most that a wait ever takes
   * @param seed of what makes waits differ
   */
  Backoff(Duration first, Duration most, long seed) {
    this.first = first;
    this.most = most;
    this.random = new SplittableRandom(seed);
  }

  /** The usual one. */
  static Backoff usual(long seed) {
    return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), seed);
  }

  /** The wait after so many failures in a row. */
  Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    double spread = 0.75 + 0.5 * random.nextDouble();
    return Duration.ofMillis(Math.min(most.toMillis(), Math.round(doubled * spread)));
  }
}
