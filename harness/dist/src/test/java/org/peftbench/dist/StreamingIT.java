package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Streamed;

/** A backbone whose blocks are read as they run gives what one in memory gives. */
class StreamingIT {

  /** Six blocks of vit-pocket, whose file is in float16. */
  private static final long BLOCKS_BYTES = 6 * 2L * (4 * 128 * 128 + 2 * 128 * 512 + 9 * 128 + 512);

  @TempDir static Path folder;

  private static List<CellRecord> run(Path out, String methods, String... more)
      throws IOException, InterruptedException {
    List<String> usual =
        List.of(
            "--methods", methods, "--tasks", "pocket_count", "--epochs", "1", "--limit-test", "40");
    return TinyRun.run(out, usual, more);
  }

  private static void assertSame(CellRecord resident, CellRecord streamed) {
    Outcome expected = resident.outcome().orElseThrow();
    Outcome found = streamed.outcome().orElseThrow();
    assertEquals(expected.epochLosses(), found.epochLosses());
    assertEquals(expected.correct(), found.correct());
    assertEquals(BackboneMemory.RESIDENT, resident.cell().protocol().backboneMemory());
    assertEquals(BackboneMemory.STREAMED, streamed.cell().protocol().backboneMemory());
    assertTrue(resident.phases().stream().allMatch(phase -> phase.streamed().isEmpty()));
  }

  private static long bytes(CellRecord record, Phase phase) {
    return record.phase(phase).flatMap(PhaseCost::streamed).map(Streamed::bytes).orElse(0L);
  }

  @Test
  void liveTapsComeBatchByBatch() throws Exception {
    CellRecord resident = run(folder.resolve("live"), "last").get(0);
    String[] more = {"--backbone-memory", "streamed"};
    CellRecord streamed = run(folder.resolve("live-streamed"), "last", more).get(0);
    assertSame(resident, streamed);
    // 63 batches of 16 in training, three to judge on; and the next block that was read ahead.
    assertTrue(bytes(streamed, Phase.TRAIN) >= 63 * BLOCKS_BYTES);
    assertTrue(bytes(streamed, Phase.TRAIN) < 64 * BLOCKS_BYTES);
    assertTrue(bytes(streamed, Phase.TEST) > 2 * BLOCKS_BYTES);
  }

  @Test
  void cachedTapsComeBlockByBlockEachReadOnce() throws Exception {
    String methods = "losa";
    String[] cached = {"--features", "cached"};
    CellRecord resident = run(folder.resolve("cached"), methods, cached).get(0);
    String[] more = {"--features", "cached", "--backbone-memory", "streamed"};
    Path out = folder.resolve("cached-streamed");
    CellRecord streamed = run(out, methods, more).get(0);
    assertSame(resident, streamed);
    assertEquals(BLOCKS_BYTES, bytes(streamed, Phase.EXTRACT));
    assertEquals(0, bytes(streamed, Phase.TRAIN));
    List<Path> expected = taps(folder.resolve("cached/features"));
    List<Path> found = taps(out.resolve("features"));
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(-1, Files.mismatch(expected.get(i), found.get(i)), found.get(i).toString());
    }
  }

  private static List<Path> taps(Path features) throws IOException {
    try (Stream<Path> files = Files.walk(features)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches("tap-\\d+\\.bin"))
          .sorted()
          .toList();
    }
  }
}
