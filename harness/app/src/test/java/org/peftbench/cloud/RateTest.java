package org.peftbench.cloud;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RateTest {

  @Test
  void aBurstIsTwiceASecondsWorth() {
    Rate rate = new Rate(2, 0);
    for (int i = 0; i < 4; i++) {
      assertEquals(OptionalInt.empty(), rate.take(0));
    }
    assertEquals(OptionalInt.of(1), rate.take(0));
    assertEquals(OptionalInt.empty(), rate.take(500_000_000L));
    assertEquals(OptionalInt.of(1), rate.take(500_000_000L));
  }

  @Test
  void aSlowRateSaysWhenItWillBe() {
    Rate rate = new Rate(0.1, 0);
    assertEquals(OptionalInt.of(8), rate.take(0));
    assertEquals(OptionalInt.of(8), new Rate(0.1, 0).take(-5)); // a clock that goes back
  }
}
