package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StraightLineTest {

  @Test
  void pointsOnALineGiveIt() {
    StraightLine line = StraightLine.through(new double[] {1, 4, 16}, new double[] {5, 11, 35});
    assertEquals(3, line.start(), 1e-12);
    assertEquals(2, line.slope(), 1e-12);
  }

  /** By hand: means 2 and 8/3; products 3, squares 2. */
  @Test
  void otherPointsAreMissedByTheLeastSquares() {
    StraightLine line = StraightLine.through(new double[] {1, 2, 3}, new double[] {1, 3, 4});
    assertEquals(1.5, line.slope(), 1e-12);
    assertEquals(8.0 / 3 - 3, line.start(), 1e-12);
  }

  @Test
  void onePlaceIsNoLine() {
    assertThrows(
        IllegalArgumentException.class,
        () -> StraightLine.through(new double[] {2, 2}, new double[] {1, 3}));
  }
}
