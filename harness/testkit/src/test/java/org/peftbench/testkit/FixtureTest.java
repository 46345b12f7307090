package org.peftbench.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.model.Init;
import org.peftbench.model.Linear;

class FixtureTest {

  @Test
  void tensorsAreReadRowByRow() {
    Fixture fixture = Fixture.parse("f", "# remark\n\na.b 2x3 1 2 3 4.5 -5e-1 6\n");
    try (NDManager manager = NDManager.newBaseManager()) {
      assertEquals(new Shape(2, 3), fixture.array(manager, "a.b").getShape());
      assertArrayEquals(new float[] {1, 2, 3, 4.5f, -0.5f, 6}, fixture.values("a.b"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a, f line 1: not of the form",
    "a 2, f line 1: not of the form",
    "a 0 1, f line 1: not of the form",
    "a 2x 1 2, f line 1: not of the form",
    "a 2 1, 'f line 1: a(2) has 1 values'",
    "a 999999x999999 1, f line 1: a(999999",
    "a 1 x, f line 1: 'x' is no number",
    "a 1 NaN, f line 1: 'NaN' is not finite",
    "a 1 1e99, f line 1: '1e99' is not finite"
  })
  void malformedLinesAreRefused(String line, String reason) {
    assertRefused(reason.replace("'f line", "f line"), line);
  }

  @Test
  void aNameGivenTwiceIsRefused() {
    assertRefused("f line 2: a is there twice", "a 1 1\na 1 1");
  }

  @Test
  void aMissingTensorIsNamed() {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> Fixture.parse("f", "a 1 1").values("b"));
    assertEquals("f has no b; it has [a]", e.getMessage());
  }

  @Test
  void aParameterOfAnotherShapeIsNotLoaded() {
    Fixture fixture = Fixture.parse("f", "head.weight 3x2 1 2 3 4 5 6\nhead.bias 2 0 0");
    try (NDManager manager = NDManager.newBaseManager()) {
      Linear linear = new Linear(3, 2, Init.ZEROS);
      Exception e =
          assertThrows(
              IllegalArgumentException.class, () -> fixture.load(linear, manager, "head."));
      assertEquals("f: head.weight is (3, 2), the parameter (2, 3)", e.getMessage());
    }
  }

  private static void assertRefused(String reason, String text) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Fixture.parse("f", text));
    assertTrue(String.valueOf(e.getMessage()).startsWith(reason), e::getMessage);
  }
}
