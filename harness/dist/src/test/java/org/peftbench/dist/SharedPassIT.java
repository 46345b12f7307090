package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Cell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Outcome;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.SharedPass;

/** Side networks that train on one run of the backbone do what each does alone. */
class SharedPassIT {

  private static final double ROUNDING = 1e-5;
  private static final String MIXED = "last,last[rank=4],losa,lst,miet,side-tuning,linear";
  private static final String DIVERGES = "last[scale=1e38,zero-init=false]";

  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void writeData() {
    data = TinyData.write(folder.resolve("data"));
  }

  private static List<CellRecord> run(int exit, Path out, String methods, String... more)
      throws IOException, InterruptedException {
    BenchProcess.run(TinyRun.arguments(data, out, methods, "colours", more)).expect(exit);
    return RecordFolder.open(out).readAll();
  }

  private static void assertSame(List<CellRecord> alone, List<CellRecord> shared) {
    assertEquals(cells(alone), cells(shared));
    for (int i = 0; i < alone.size(); i++) {
      String what = alone.get(i).cell().method().label() + " " + alone.get(i).cell().seed();
      assertEquals(alone.get(i).failure(), shared.get(i).failure(), what);
      Outcome one = alone.get(i).outcome().orElseThrow();
      Outcome other = shared.get(i).outcome().orElseThrow();
      for (int epoch = 0; epoch < one.epochLosses().size(); epoch++) {
        assertEquals(one.epochLosses().get(epoch), other.epochLosses().get(epoch), ROUNDING, what);
      }
      assertEquals(one.correct(), other.correct(), what);
    }
  }

  private static List<Cell> cells(List<CellRecord> records) {
    return records.stream().map(CellRecord::cell).toList();
  }

  @Test
  void allSideNetworksAndSeedsOfATaskInOnePass() throws Exception {
    String[] more = {"--epochs", "3", "--lr", "0.001", "--features", "live", "--seeds", "0,1"};
    List<CellRecord> alone = run(0, folder.resolve("alone"), MIXED, more);
    Path out = folder.resolve("shared");
    String[] sharing = {
      "--epochs", "3", "--lr", "0.001", "--features", "live", "--seeds", "0,1", "--share-pass"
    };
    List<CellRecord> shared = run(0, out, MIXED, sharing);
    assertSame(alone, shared);
    for (CellRecord record : shared) {
      SharedPass pass = record.sharedPass().orElseThrow();
      assertEquals(shared.size(), pass.learners());
      assertFalse(pass.with().contains(RecordFolder.identity(record.cell())));
      assertEquals(shared.get(0).phases(), record.phases(), "the pass is one");
      assertEquals(backboneSeconds(shared.get(0)), pass.backboneSeconds(), "of both seeds");
    }
    assertTrue(alone.stream().allMatch(record -> record.sharedPass().isEmpty()));
  }

  private static double backboneSeconds(CellRecord record) {
    return record.sharedPass().orElseThrow().backboneSeconds();
  }

  /** One reading serves all that learn at other rates; what diverges leaves. */
  @Test
  void cachedTapsServeSeveralAndOneThatDivergesLeavesTheOthers() throws Exception {
    String methods = "last,last[scale=0.5]," + DIVERGES;
    String[] more = {"--epochs", "2", "--features", "cached"};
    List<CellRecord> alone = run(1, folder.resolve("cached-alone"), methods, more);
    String[] sharing = {"--epochs", "2", "--features", "cached", "--parallel", "3"};
    List<CellRecord> shared = run(1, folder.resolve("cached-shared"), methods, sharing);
    assertEquals(cells(alone), cells(shared));
    assertSame(succeeded(alone), succeeded(shared));
    assertEquals(2, succeeded(shared).size());
    for (List<CellRecord> records : List.of(alone, shared)) {
      Failure failure =
          records.stream().flatMap(record -> record.failure().stream()).findFirst().orElseThrow();
      assertEquals(Failure.Reason.DIVERGED, failure.reason());
      assertTrue(failure.message().startsWith("the loss was "), failure.message());
    }
    assertEquals(3, shared.get(0).sharedPass().orElseThrow().learners());
  }

  private static List<CellRecord> succeeded(List<CellRecord> records) {
    return records.stream().filter(record -> record.outcome().isPresent()).toList();
  }
}
