package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Comparisons that say where two arrays differ, and by how much. */
public final class Tensors {

  private Tensors() {}

  /** Fails unless the array has the shape. */
  public static void assertShape(String what, Shape expected, NDArray actual) {
    if (!actual.getShape().equals(expected)) {
      throw new AssertionError(
          what + " has shape " + actual.getShape() + ", and should have " + expected);
    }
  }

  /** Fails unless all values are finite and within an absolute tolerance of the expected ones. */
  public static void assertClose(String what, float[] expected, float[] actual, double tolerance) {
    int worst = worst(what, expected, actual);
    if (worst >= 0 && !(difference(expected, actual, worst) <= tolerance)) {
      throw new AssertionError(
          what
              + "["
              + worst
              + "] is "
              + actual[worst]
              + " where "
              + expected[worst]
              + " is expected, further off than "
              + tolerance);
    }
  }

  /** Fails unless all values are the same, bit for bit. */
  public static void assertBitEqual(String what, float[] expected, float[] actual) {
    if (!Arrays.equals(expected, actual)) {
      int worst = worst(what, expected, actual);
      throw new AssertionError(
          what + "[" + worst + "] is " + actual[worst] + " and was " + expected[worst]);
    }
  }

  /** The largest absolute difference; infinite if a value is not finite. */
  public static double maxDifference(float[] expected, float[] actual) {
    int worst = worst("array", expected, actual);
    return worst < 0 ? 0 : difference(expected, actual, worst);
  }

  /** Whether any value differs from zero. */
  public static boolean anyNonZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  private static int worst(String what, float[] expected, float[] actual) {
    if (expected.length != actual.length) {
      throw new AssertionError(
          what + " has " + actual.length + " values, and should have " + expected.length);
    }
    int worst = -1;
    for (int i = 0; i < expected.length; i++) {
      if (worst < 0 || difference(expected, actual, i) > difference(expected, actual, worst)) {
        worst = i;
      }
    }
    return worst;
  }

  private static double difference(float[] expected, float[] actual, int i) {
    double difference = Math.abs((double) expected[i] - actual[i]);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
