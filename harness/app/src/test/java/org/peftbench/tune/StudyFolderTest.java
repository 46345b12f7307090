package org.peftbench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.peftbench.image.Refusal.assertRefused;

import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Features;
import org.peftbench.cell.Split;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Records;
import org.peftbench.spi.SearchRange;

class StudyFolderTest {

  private static final TunedFile PROBE = Studies.probe(false);
  private static final Definition STUDY = PROBE.definition();

  @TempDir Path folder;

  @Test
  void aStudyGoesOnWhereItIsTheSameAndIsRefusedWhereItIsNot() {
    StudyFolder study = new StudyFolder(folder);
    assertEquals(STUDY, study.goOn(STUDY));
    study.begin(STUDY);
    assertEquals(STUDY, study.goOn(STUDY));
    Space other =
        new Space(
            Optional.of(SearchRange.of(new SearchRange.Interval(1e-4, 0.1, true, false))),
            Optional.of(Studies.DECAYS),
            new TreeMap<>());
    assertRefused(
        () -> study.goOn(Studies.study(Search.HALTON, 3, other, Studies.entrant("probe", 0.001))),
        "study.json: the study here is another: ",
        "rounds.0.space.lr.interval.min is 1.0E-5 there and 1.0E-4 here",
        "another --out");
    assertRefused(
        () ->
            study.goOn(
                Studies.study(Search.RANDOM, 3, STUDY.space(), Studies.entrant("probe", 0.001))),
        "search is \"halton\" there and \"random\" here");
    assertRefused(
        () ->
            study.goOn(
                Studies.study(
                    Search.HALTON,
                    3,
                    STUDY.space(),
                    Studies.entrant("probe", 0.001),
                    Studies.entrant("shift", 0.001))),
        "methods.1 is none there and {\"id\":\"shift\"");
  }

  @Test
  void aStudyThatWasWidenedGoesOnAsWideAsItIs() {
    StudyFolder study = new StudyFolder(folder);
    Definition wide = STUDY.with(new Definition.Round(1, STUDY.space()));
    study.begin(wide);
    assertEquals(wide, study.goOn(STUDY));
  }

  @Test
  void itIsCompleteWhenItsChoicesAreThere() {
    StudyFolder study = new StudyFolder(folder);
    assertFalse(study.isComplete(STUDY));
    PROBE.write(study.tuned("probe"));
    assertTrue(study.isComplete(STUDY));
    assertFalse(study.isComplete(STUDY.with(new Definition.Round(1, STUDY.space()))));
  }

  @Test
  void recordsThatOpenedTheTestSplitAreRefused() {
    StudyFolder study = new StudyFolder(folder);
    study.requireTestShut();
    RecordFolder trials = RecordFolder.create(study.trials());
    trials.write(
        Records.succeeded(
            Records.cell(
                Records.method("lora"),
                "kitti",
                0,
                Records.protocol(Features.LIVE, Split.VAL, Optional.empty())),
            100));
    study.requireTestShut();
    trials.write(
        Records.succeeded(Records.cell(Records.method("lora"), "kitti", 0, Records.PROTOCOL), 100));
    assertRefused(study::requireTestShut, "was judged on the test split", "lora__kitti__seed0");
  }
}
