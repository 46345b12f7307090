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
      clock.add(100 * MILLISECOND, 0);
    }
    for (int i = 0; i <= 100; i++) {
      clock.add(i * MILLISECOND, MILLISECOND / 2);
    }
    StepTimes times = clock.times();
    assertEquals(111, times.steps());
    assertEquals(10, times.warmup());
    assertEquals(5, times.firstSeconds(), CLOSE);
    assertEquals(0.050, times.p50Seconds(), CLOSE);
    assertEquals(0.090, times.p90Seconds(), 1e-3);
    assertEquals(0.099, times.p99Seconds(), 1e-3);
    assertEquals(0.0505, times.inputSeconds(), CLOSE);
    assertEquals(5 + 0.9 + 5.05, times.totalSeconds(), CLOSE);
    assertEquals(0.0505 / 10.95, times.inputShare(), CLOSE);
  }

  @Test
  void aShortTrainingKeepsHalfItsSteps() {
    StepClock clock = new StepClock();
    for (int i = 1; i <= 4; i++) {
      clock.add(i * MILLISECOND, 0);
    }
    assertEquals(2, clock.times().warmup());
    assertEquals(0.0035, clock.times().p50Seconds(), CLOSE);
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
