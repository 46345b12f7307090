package org.peftbench.cloud;

import java.util.OptionalInt;

/** How many requests are left to an owner: so many a second, and twice as many at once. */
final class Rate {

  private final double perSecond;
  private double left;
  private long at;

  Rate(double perSecond, long now) {
    this.perSecond = perSecond;
    this.left = 2 * perSecond;
    this.at = now;
  }

  /**
   * Takes one.
   *
   * @param now in nanoseconds
   * @return empty, or the seconds until there will be one
   */
  synchronized OptionalInt take(long now) {
    left = Math.min(2 * perSecond, left + Math.max(0, now - at) / 1e9 * perSecond);
    at = Math.max(at, now);
    if (left >= 1) {
      left--;
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) Math.max(1, Math.ceil((1 - left) / perSecond)));
  }
}
