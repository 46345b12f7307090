package org.peftbench.spi;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a study tries of a hyper-parameter: choices, or the numbers of an interval.
 *
 * @param choices as users type them; empty if there is an interval
 * @param interval the numbers; empty if there are choices
 */
public record SearchRange(List<String> choices, Optional<Interval> interval) {

  /**
   * Numbers, the ends included.
   *
   * @param min the smallest
   * @param max the largest
   * @param log whether equal ratios, and not equal differences, get as many trials
   * @param whole whether they are integers
   */
  public record Interval(double min, double max, boolean log, boolean whole) {

    /**
     * Checks that there is something in it.
     *
     * @throws IllegalArgumentException if not
     */
    public Interval {
      if (!(min < max) || Double.isInfinite(min) || Double.isInfinite(max)) {
        throw new IllegalArgumentException("min " + print(min) + " is not below max " + print(max));
      }
      if (log && !(min > 0)) {
        throw new IllegalArgumentException(
            "a logarithmic range begins above 0, not at " + print(min));
      }
      if (Double.isInfinite(log ? max / min : max - min)) {
        throw new IllegalArgumentException(
            "from min " + spelt(min) + " to max " + spelt(max) + " is too wide a range");
      }
      if (whole && (min != Math.rint(min) || max != Math.rint(max))) {
        throw new IllegalArgumentException(
            "a range of integers has ends that are integers, not "
                + print(min)
                + " and "
                + print(max));
      }
    }

    /**
     * Gives the number at a place of the interval, to three digits or as an integer, in its
     * canonical spelling.
     *
     * @param place from 0, the smallest number, to 1, the largest
     */
    public String at(double place) {
      double value = log ? min * Math.pow(max / min, place) : min + place * (max - min);
      double near = whole ? Math.rint(value) : rounded(value);
      return spelt(Math.max(min, Math.min(max, near)));
    }
  }

  /**
   * Checks that it is one of the two, and that no choice is there twice.
   *
   * @throws IllegalArgumentException if not
   */
  public SearchRange {
    choices = List.copyOf(choices);
    if (choices.isEmpty() == interval.isEmpty()) {
      throw new IllegalArgumentException(
          "either choices are tried, or the numbers from min to max");
    }
    if (new HashSet<>(choices).size() < choices.size()) {
      throw new IllegalArgumentException("a choice is there twice: " + String.join(", ", choices));
    }
  }

  /** Rounds a number to the three digits that matter of a hyper-parameter. */
  public static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }

  /** Spells a number as hyper-parameters are spelt. */
  public static String spelt(double value) {
    return Hyperparameter.print(value);
  }

  /** Tries choices. */
  public static SearchRange of(List<String> choices) {
    return new SearchRange(choices, Optional.empty());
  }

  /** Tries numbers. */
  public static SearchRange of(Interval interval) {
    return new SearchRange(List.of(), Optional.of(interval));
  }

  /**
   * Gives the value at a place of the range, as users type it.
   *
   * @param place from 0 to below 1
   */
  public String at(double place) {
    return interval
        .map(numbers -> numbers.at(place))
        .orElseGet(() -> choices.get(Math.min(choices.size() - 1, (int) (place * choices.size()))));
  }

  /** Says it in words: {@code 0.1, 1, 10}; {@code 0.001 to 0.1, logarithmic}. */
  @Override
  public String toString() {
    return interval
        .map(
            numbers ->
                print(numbers.min)
                    + " to "
                    + print(numbers.max)
                    + (numbers.log ? ", logarithmic" : ""))
        .orElseGet(() -> String.join(", ", choices));
  }

  private static String print(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
