package org.peftbench.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitTest {

  private static final Shape WEIGHT = new Shape(50, 400);

  private static float[] draw(Init init) {
    return init.values(WEIGHT, new Random(1));
  }

  private static double largest(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElse(0);
  }

  private static double deviation(float[] values) {
    double squares =
        IntStream.range(0, values.length).mapToDouble(i -> values[i] * values[i]).sum();
    return Math.sqrt(squares / values.length);
  }

  @Test
  void uniformsFillTheirBounds() {
    assertEquals(1 / Math.sqrt(400), largest(draw(Init.kaimingUniform())), 1e-4);
    assertEquals(Math.sqrt(6.0 / 450), largest(draw(Init.xavierUniform())), 1e-4);
    assertEquals(0.3 / Math.sqrt(3), deviation(draw(Init.uniform(0.3))), 3e-3);
  }

  @Test
  void normalsHaveTheirDeviation() {
    assertEquals(0.02, deviation(draw(Init.TRUNCATED_NORMAL)), 3e-4);
    assertEquals(3, draw(Init.normal(3, 1e-9))[0], 1e-6);
  }

  @Test
  void constantsAreConstant() {
    assertArrayEquals(new float[] {1, 1}, Init.ONES.values(new Shape(2), new Random()));
    assertArrayEquals(new float[] {0, 0}, Init.ZEROS.values(new Shape(2), new Random()));
  }
}
