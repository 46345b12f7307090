package org.peftbench.model;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Random;

/**
 * How a parameter gets its first values.
 *
 * <p>Values are drawn in Java with {@link Random}, whose algorithm is specified: a seed means the
 * same numbers on every device, engine and JDK.
 */
@FunctionalInterface
public interface Init {

  /** All zeros. */
  Init ZEROS = (shape, random) -> new float[size(shape)];

  /** All ones. */
  Init ONES = constant(1);

  /**
   * timm's initialisation of heads and tokens: a normal with deviation 0.02 (its cut at ±2, a
   * hundred deviations out, never bites).
   */
  Init TRUNCATED_NORMAL = normal(0.02);

  /**
   * Draws the values of a parameter.
   *
   * @param shape its shape
   * @param random the source of randomness, seeded for this parameter alone
   * @return as many values as the shape holds, row-major
   */
  float[] values(Shape shape, Random random);

  /** Makes all values equal. */
  static Init constant(double value) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      Arrays.fill(values, (float) value);
      return values;
    };
  }

  /** Draws from a normal distribution with mean 0. */
  static Init normal(double deviation) {
    return normal(0, deviation);
  }

  /** Draws from a normal distribution. */
  static Init normal(double mean, double deviation) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (mean + deviation * random.nextGaussian());
      }
      return values;
    };
  }

  /** Draws evenly from (-bound, bound). */
  static Init uniform(double bound) {
    return (shape, random) -> {
      float[] values = new float[size(shape)];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
      }
      return values;
    };
  }

  /**
   * PyTorch's default for linear layers, {@code kaiming_uniform_(a=sqrt(5))}: uniform with bound
   * 1/sqrt(fan in), for a weight (out, in, ...).
   */
  static Init kaimingUniform() {
    return (shape, random) ->
        uniform(1 / Math.sqrt((double) shape.size() / shape.get(0))).values(shape, random);
  }

  /** Xavier (Glorot) uniform for a weight (out, in). */
  static Init xavierUniform() {
    return (shape, random) ->
        uniform(Math.sqrt(6.0 / (shape.get(0) + (double) shape.size() / shape.get(0))))
            .values(shape, random);
  }

  private static int size(Shape shape) {
    return Math.toIntExact(shape.size());
  }
}
