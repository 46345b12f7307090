package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.peftbench.cell.Phase;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Watched;

/** Watches this process. */
@EnabledOnOs(OS.LINUX)
class WatchTest {

  @Test
  void readingsBetweenTheEdgesMakeACurveAndGiveAccountOfThemselves() throws InterruptedException {
    try (Watch watch = Watch.of(ProcessHandle.current().pid(), null)) {
      Thread.sleep(700);
      PhaseCost phase = watch.leave(Phase.TRAIN, 0.7);
      long peak = phase.peakResidentBytes().orElseThrow();
      assertEquals(Optional.empty(), phase.gpu());
      Watched watched = watch.watched();
      assertEquals(0.1, watched.sampling().intervalSeconds());
      assertTrue(watched.sampling().readings() >= 3, watched.sampling().toString());
      assertTrue(watched.sampling().largestGapSeconds() >= 0.09, watched.sampling().toString());
      assertTrue(watched.sampling().cpuSeconds() > 0, watched.sampling().toString());
      assertTrue(watched.sampling().readingSeconds().orElseThrow() > 0, watched.toString());
      long largest = Collections.max(watched.resident().peakBytes());
      assertTrue(largest > 1 << 20 && largest <= peak + (64 << 20), largest + " of " + peak);
      assertEquals(Optional.empty(), watched.gpu());
      assertEquals(Optional.empty(), watched.onGpu());
    }
  }
}
