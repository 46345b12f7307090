package org.peftbench.shaper;

import java.util.Locale;

/** A link as people have it: how many bits a second, how far, and how often something is lost. */
public enum Link {
  /** A cable in the house. */
  LAN(1_000, 1_000, 0.5, 0, 0),
  /** A wireless network in the house. */
  WIFI(50, 50, 5, 0.001, 0),
  /** A mobile network. */
  MOBILE_4G(10, 30, 50, 0.005, 0),
  /** A mobile network at the edge of its reach: now and then it is gone. */
  SLOW(1, 2, 200, 0.01, 20_000_000);

  private static final double MEGABIT = 1e6;

  private final double megabitsUp;
  private final double megabitsDown;
  private final double roundTripMillis;
  private final double loss;
  private final long bytesBetweenCuts;

  Link(
      double megabitsUp,
      double megabitsDown,
      double roundTripMillis,
      double loss,
      long bytesBetweenCuts) {
    this.megabitsUp = megabitsUp;
    this.megabitsDown = megabitsDown;
    this.roundTripMillis = roundTripMillis;
    this.loss = loss;
    this.bytesBetweenCuts = bytesBetweenCuts;
  }

  /** {@code lan}, {@code wifi}, {@code 4g}, {@code slow}. */
  public String word() {
    return this == MOBILE_4G ? "4g" : name().toLowerCase(Locale.ROOT);
  }

  /** What it is, for records: {@code 4g: 10 Mbit/s up, 30 down, 50 ms there and back, ...}. */
  @Override
  public String toString() {
    String cuts =
        bytesBetweenCuts == 0
            ? ""
            : ", cut about every %d MB".formatted(bytesBetweenCuts / 1000000);
    return String.format(
        Locale.ROOT,
        "%s: %.0f Mbit/s up, %.0f down, %.1f ms there and back, %.1f %% lost%s; by a relay",
        word(),
        megabitsUp,
        megabitsDown,
        roundTripMillis,
        100 * loss,
        cuts);
  }

  /** From edge to cloud. */
  Way up(long seed) {
    return way(megabitsUp, seed);
  }

  /** From cloud to edge. */
  Way down(long seed) {
    return way(megabitsDown, seed);
  }

  private Way way(double megabits, long seed) {
    return new ShapedWay(
        megabits * MEGABIT, (long) (roundTripMillis * 1e6), loss, bytesBetweenCuts, seed);
  }
}
