package org.peftbench.measure;

import java.util.Arrays;

/**
 * A straight line by least squares.
 *
 * @param start its value at 0
 * @param slope what it grows by for 1
 */
public record StraightLine(double start, double slope) {

  /**
   * The line that points lie nearest to.
   *
   * @param at where, of which two differ at least
   * @param values there
   * @throws IllegalArgumentException if there are not two different places with a value each
   */
  public static StraightLine through(double[] at, double[] values) {
    if (at.length != values.length) {
      throw new IllegalArgumentException(at.length + " places, " + values.length + " values");
    }
    double meanAt = mean(at);
    double meanValue = mean(values);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < at.length; i++) {
      products += (at[i] - meanAt) * (values[i] - meanValue);
      squares += (at[i] - meanAt) * (at[i] - meanAt);
    }
    if (!(squares > 0)) {
      throw new IllegalArgumentException("a line needs two different places");
    }
    double slope = products / squares;
    return new StraightLine(meanValue - slope * meanAt, slope);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
