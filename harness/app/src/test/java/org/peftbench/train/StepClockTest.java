package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.peftbench.result.StepTimes;

class StepClockTest {

  private static final double CLOSE = 1e-9;
  private static final long MILLISECOND = 1_000_000;

  @Test
  void firstStepsAreLeftOutOfTheQuantilesAndNotOfTheTotals() {
    StepClock clock = new StepClock();
    clock.add(5_000 * MILLISECOND, 0);
    for (int i = 1; i < 10; i++) {
      clock.add(300 * MILLISECOND, 0);
    }
    for (int i = 0; i < 100; i++) {
      clock.add((i < 80 ? 100 : i < 95 ? 150 : 200) * MILLISECOND, 25 * MILLISECOND);
    }
    StepTimes times = clock.times();
    assertEquals(110, times.steps());
    assertEquals(10, times.warmup());
    assertEquals(5, times.firstSeconds(), CLOSE);
    assertEquals(0.100, times.p50Seconds(), CLOSE);
    assertEquals(0.150, times.p90Seconds(), CLOSE);
    assertEquals(0.200, times.p99Seconds(), CLOSE);
    assertEquals(2.5, times.inputSeconds(), CLOSE);
    assertEquals(5 + 2.7 + 8 + 2.25 + 1, times.totalSeconds(), CLOSE);
    assertEquals(2.5 / 18.95, times.inputShare(), CLOSE);
  }

  @Test
  void stepsThatAreSteadyFromTheFirstHaveNoWarmUp() {
    StepClock clock = new StepClock();
    for (int i = 0; i < 100; i++) {
      clock.add((100 + i % 5) * MILLISECOND, 0);
    }
    assertEquals(0, clock.times().warmup());
  }

  @Test
  void aShortTrainingLeavesOutItsFirstSteps() {
    StepClock clock = new StepClock();
    for (int i = 4; i >= 1; i--) {
      clock.add((i == 4 ? 40 : i) * MILLISECOND, 0);
    }
    assertEquals(1, clock.times().warmup());
    assertEquals(0.002, clock.times().p50Seconds(), CLOSE);
  }

  @Test
  void manyStepsAreKept() {
    StepClock clock = new StepClock();
    for (int i = 0; i < 5_000; i++) {
      clock.add(MILLISECOND, 0);
    }
    assertEquals(5_000, clock.times().steps());
    assertEquals(0.001, clock.times().p99Seconds(), CLOSE);
  }
}
