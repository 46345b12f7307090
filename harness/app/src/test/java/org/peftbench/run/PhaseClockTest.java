package org.peftbench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.peftbench.cell.Phase;
import org.peftbench.measure.Watch;
import org.peftbench.result.PhaseCost;

/** Phases come once, in order: who says otherwise is a stranger's code. */
class PhaseClockTest {

  private static final PhaseCost EXTRACTED = new PhaseCost(Phase.EXTRACT, 7, Optional.empty());

  private final Watch watch = Watch.of(ProcessHandle.current().pid(), null);
  private final PhaseClock clock = new PhaseClock(watch, true);

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void phasesThatWereSparedStandWhereTheyWereSaidToBe() {
    enter(Phase.LOAD);
    clock.reused(EXTRACTED);
    enter(Phase.TRAIN);
    clock.end();
    assertEquals(
        List.of(Phase.START, Phase.EXTRACT, Phase.LOAD, Phase.TRAIN),
        clock.costs().stream().map(PhaseCost::phase).toList());
  }

  /** Whoever comes first decodes for all, and is not to look slower than they. */
  @Test
  void aPartThatWasSparedIsCountedToItsPhaseAlone() {
    enter(Phase.DATA);
    clock.spared(7);
    enter(Phase.TRAIN);
    clock.end();
    double data = clock.costs().get(1).seconds();
    assertTrue(data > 7 && data < 14, () -> data + " s");
    double train = clock.costs().get(2).seconds();
    assertTrue(train < 7, () -> train + " s");
    assertRefused("-1.0 s spared in train", () -> clock.spared(-1));
    assertRefused("NaN s spared in train", () -> clock.spared(Double.NaN));
  }

  @Test
  void whatDoesNotFollowIsRefused() {
    assertRefused("phase load begins in phase start", () -> clock.enter(Phase.LOAD));
    enter(Phase.LOAD);
    clock.reused(EXTRACTED);
    assertRefused("phase extract was spared in load", () -> clock.reused(EXTRACTED));
    assertRefused("phase extract goes on in load", () -> clock.resumed(EXTRACTED));
    var unused = clock.leave();
    assertRefused("phase load ends twice", clock::leave);
    assertRefused("phase load begins in phase load", () -> clock.enter(Phase.LOAD));
    assertRefused("phase extract begins in phase load", () -> clock.enter(Phase.EXTRACT));
    assertEquals(3, clock.costs().size());
  }

  private void enter(Phase phase) {
    var unused = clock.leave();
    clock.enter(phase);
  }

  private static void assertRefused(String why, Executable what) {
    assertEquals(why, assertThrows(IllegalArgumentException.class, what).getMessage());
  }
}
