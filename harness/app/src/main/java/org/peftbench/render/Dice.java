package org.peftbench.render;

/** Random numbers by splitmix64 (Steele, Lea and Flood 2014), the same in every Java. */
public final class Dice {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  private Dice(long state) {
    this.state = state;
  }

  /** Dice whose throws follow from the keys and their order. */
  public static Dice of(long... keys) {
    long state = GOLDEN;
    for (long key : keys) {
      state = mix(state + GOLDEN * (key + 1));
    }
    return new Dice(state);
  }

  /** A bijection that spreads each bit over all. */
  public static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The bits' upper 53 as a number in [0, 1). */
  public static double unit(long bits) {
    return (bits >>> 11) * 0x1p-53;
  }

  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** In [0, 1). */
  public double unit() {
    return unit(next());
  }

  public double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /** In 0 to {@code bound - 1}. */
  public int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /** Both ends included. */
  public int between(int low, int high) {
    return low + below(high - low + 1);
  }

  public boolean chance(double probability) {
    return unit() < probability;
  }

  /** -1 or 1. */
  public int sign() {
    return chance(0.5) ? 1 : -1;
  }

  /** A full turn, in radians. */
  public double angle() {
    return between(0, 2 * StrictMath.PI);
  }

  /** Nearly Gaussian, with mean 0 and deviation 1: the sum of four uniform numbers. */
  public double bell() {
    long bits = next();
    long sum =
        (bits & 0xFFFF) + ((bits >>> 16) & 0xFFFF) + ((bits >>> 32) & 0xFFFF) + (bits >>> 48);
    return (sum * 0x1p-16 - 2) * 1.7320508;
  }

  /** The numbers below {@code count} in random order. */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = below(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
