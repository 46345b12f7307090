package org.peftbench.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CosineScheduleTest {

  @Test
  void warmUpRisesInEqualStepsToThePeak() {
    CosineSchedule schedule = new CosineSchedule(0.8, 4, 12);
    assertEquals(0.2, schedule.at(0), 1e-12);
    assertEquals(0.4, schedule.at(1), 1e-12);
    assertEquals(0.8, schedule.at(3), 1e-12);
  }

  @Test
  void cosineStartsAtThePeakAndIsHalfwayInTheMiddle() {
    CosineSchedule schedule = new CosineSchedule(0.8, 4, 12);
    assertEquals(0.8, schedule.at(4), 1e-12);
    assertEquals(0.4, schedule.at(8), 1e-12);
    assertEquals(0.4 * (1 + Math.cos(Math.PI * 7 / 8)), schedule.at(11), 1e-12);
  }

  @Test
  void withoutWarmUpTheFirstStepHasThePeak() {
    assertEquals(0.1, new CosineSchedule(0.1, 0, 5).at(0), 1e-12);
  }

  @Test
  void rateIsPositiveAtEveryStepAndFallsAfterTheWarmUp() {
    CosineSchedule schedule = new CosineSchedule(1, 10, 100);
    double[] rates = LongStream.range(0, 100).mapToDouble(schedule::at).toArray();
    for (int step = 11; step < rates.length; step++) {
      assertEquals(true, rates[step] > 0 && rates[step] < rates[step - 1], "step " + step);
    }
  }
}
