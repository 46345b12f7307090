package org.peftbench.report;

/**
 * A unit that tables print numbers in.
 *
 * @param symbol what stands for it in a header; empty if the metric's label says it
 * @param factor from the unit of the records, such as bytes, to this one
 * @param decimals that tables print
 */
public record Unit(String symbol, double factor, int decimals) {

  /** Mebibytes, from bytes. */
  public static final Unit MIB = new Unit("MiB", 1.0 / (1 << 20), 0);

  /** Gibibytes, from bytes. */
  public static final Unit GIB = new Unit("GiB", 1.0 / (1 << 30), 2);

  /** The same unit with other decimals. */
  public Unit withDecimals(int other) {
    return new Unit(symbol, factor, other);
  }

  double in(Number value) {
    return factor * value.doubleValue();
  }

  /** The number as tables print it. */
  public String words(Number value) {
    return Text.fixed(in(value), decimals);
  }
}
