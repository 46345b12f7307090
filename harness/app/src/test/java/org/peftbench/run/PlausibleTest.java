package org.peftbench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Phase;
import org.peftbench.link.Blueprint;
import org.peftbench.link.Learned;
import org.peftbench.plan.Expected;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.Outcome;
import org.peftbench.result.Records;
import org.peftbench.result.StepTimes;

class PlausibleTest {

  private static final Cell CELL =
      Records.cell(Records.method("lora"), "svhn", 0, Records.PROTOCOL);
  private static final Expected EXPECTED = new Expected(1000, 2000, 768, 7690, 0);

  private static final PlannedCell PLANNED =
      new PlannedCell(
          new Blueprint(CELL, 10, Optional.empty(), Optional.empty()),
          "data",
          "features",
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.of(EXPECTED),
          Optional.empty());

  private static final Learned DIVERGED =
      new Learned(Optional.empty(), Optional.of("NaN"), 0, 0, 0, Optional.empty());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2000 | 2000 | 100 |  768 | 7690 | 90000000 | 0 | 1600 | 90  | ''",
        "1999 | 2000 | 100 |  768 | 7690 | 90000000 | 0 | 1600 | 90  | 1999 images judged, where there are 2000",
        "2000 | 2001 | 100 |  768 | 7690 | 90000000 | 0 | 1600 | 90  | 2001 images of the split, where there are 2000",
        "2000 | 2000 |  99 |  768 | 7690 | 90000000 | 0 | 1600 | 90  | 99 epochs, where there are 100",
        "2000 | 2000 | 100 |    1 | 7690 | 90000000 | 0 | 1600 | 90  | 1 trained values, where there are 768",
        "2000 | 2000 | 100 |  768 |    0 | 90000000 | 0 | 1600 | 90  | 0 values of the head, where there are 7690",
        "2000 | 2000 | 100 |  768 | 7690 |     8457 | 0 | 1600 | 90  | more trained parameters than parameters",
        "2000 | 2000 | 100 |  768 | 7690 | 90000000 | 4 | 1600 | 90  | 4 bytes an image, where there are 0",
        "2000 | 2000 | 100 |  768 | 7690 | 90000000 | 0 |  160 | 90  | 160 steps, where there are 1600",
        "2000 | 2000 | 100 |  768 | 7690 | 90000000 | 0 | 1600 | 101 | steps of 101.0 s in 100.0 s",
      })
  void whatDoesNotAgreeWithWhatIsKnownIsAnObjection(
      long images,
      long split,
      int epochs,
      long trained,
      long head,
      long total,
      long bytes,
      long steps,
      double seconds,
      String objection) {
    Outcome outcome =
        new Outcome(
            1234, images, split, Collections.nCopies(epochs, 0.5), trained, head, total, bytes);
    StepTimes times = new StepTimes(steps, 10, 0.5, 0.0625, 0.07, 0.125, 2.5, seconds);
    Learned learned =
        new Learned(
            Optional.of(new Learned.Found(outcome, times, Optional.empty())),
            Optional.empty(),
            1,
            1,
            1,
            Optional.empty());
    assertEquals(objection, objection(Phase.TEST, List.of(learned)));
  }

  @Test
  void aResultComesOnceForEachCellAndNotBeforeItIsJudged() {
    assertEquals("", objection(Phase.SAVE, List.of(DIVERGED)));
    assertEquals("2 results of 1 cells", objection(Phase.TEST, List.of(DIVERGED, DIVERGED)));
    assertEquals("0 results of 1 cells", objection(Phase.TEST, List.of()));
    assertEquals("it was done before phase test", objection(Phase.TRAIN, List.of(DIVERGED)));
  }

  private static String objection(Phase phase, List<Learned> learned) {
    return Plausible.objection(List.of(PLANNED), phase, 100, learned).orElse("");
  }
}
