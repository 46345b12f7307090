package org.peftbench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.link.Blueprint;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Records;

/** How cells are given to lanes; they are no processes here. */
class BenchmarkTest {

  private static final long PATIENCE_SECONDS = 60;

  private static final List<Lane> TWO =
      List.of(
          new Lane(Device.named("cuda:0"), 1, Optional.empty(), false),
          new Lane(Device.named("cuda:1"), 1, Optional.empty(), false));

  @TempDir Path folder;

  private final List<String> told = Collections.synchronizedList(new ArrayList<>());

  /** Writes down what it is told. */
  private final RunListener listener =
      new RunListener() {

        @Override
        public void started(Turn turn) {
          told.add("started " + turn.number());
        }

        @Override
        public void skipped(Turn turn) {
          told.add("skipped " + turn.number());
        }

        @Override
        public void progress(Turn turn, Progress progress) {
          told.add(progress.phase() + " " + turn.number() + " on " + turn.device());
        }

        @Override
        public void ended(Turn turn, CellRecord record) {
          told.add("ended " + turn.number() + " " + record.status());
        }
      };

  /** Cells of these seeds. */
  private static Plan plan(long seeds) {
    return new Plan(
        LongStream.range(0, seeds).mapToObj(BenchmarkTest::planned).toList(), List.of());
  }

  private static PlannedCell planned(long seed) {
    Cell cell = Records.cell(Records.method("lora"), "svhn", seed, Records.PROTOCOL);
    return new PlannedCell(
        new Blueprint(cell, 10, Optional.empty(), Optional.empty()),
        "data",
        "features",
        Optional.empty(),
        Optional.empty());
  }

  private List<CellRecord> run(List<Lane> lanes, Plan plan, CellRunner cells)
      throws IOException, InterruptedException {
    return new Benchmark(RecordFolder.create(folder), lanes, cells, listener).run(plan);
  }

  private static CellRecord record(PlannedCell planned) {
    return Records.succeeded(planned.cell(), 500 + planned.cell().seed());
  }

  private static List<Long> seeds(List<CellRecord> records) {
    return records.stream().map(record -> record.cell().seed()).toList();
  }

  @Test
  void asManyCellsAsLanesRunAtOnceEachOnItsDevice() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    List<CellRecord> ended =
        run(
            TWO,
            plan(4),
            (planned, lane, progress) -> {
              await(both);
              progress.accept(new Progress("train", 1, 2, ""));
              await(both);
              return record(planned);
            });
    assertEquals(List.of(0L, 1L, 2L, 3L), seeds(ended));
    assertEquals(ended, RecordFolder.open(folder).readAll());
    for (Lane lane : TWO) {
      assertEquals(2, told.stream().filter(line -> line.endsWith("on " + lane.device())).count());
    }
  }

  @Test
  void recordsAreInThePlansOrderWhateverEndsFirst() throws Exception {
    List<CellRecord> ended =
        run(
            TWO,
            plan(4),
            (planned, lane, progress) -> {
              if (planned.cell().seed() == 0) { // the other lane runs all that is left
                awaitTold("ended 4 succeeded");
              }
              return record(planned);
            });
    assertEquals(List.of(0L, 1L, 2L, 3L), seeds(ended));
    assertEquals("ended 1 succeeded", told.get(told.size() - 1));
    assertEquals(4, told.stream().filter(line -> line.startsWith("started")).distinct().count());
    assertEquals(8, told.size());
  }

  @Test
  void aCellThatFailsLeavesTheOthersAlone() throws Exception {
    List<CellRecord> ended =
        run(
            TWO,
            plan(3),
            (planned, lane, progress) ->
                planned.cell().seed() == 1
                    ? Records.failed(planned.cell(), Failure.Reason.CRASHED, "exit code 3")
                    : record(planned));
    assertEquals(
        List.of("succeeded", "failed", "succeeded"),
        ended.stream().map(record -> record.status().toString()).toList());
  }

  /** The GPU that a cell ran on is no part of what it is. */
  @Test
  void aRunGoesOnWithOtherDevices() throws Exception {
    run(TWO.subList(1, 2), plan(2), (planned, lane, progress) -> record(planned));
    told.clear();
    List<CellRecord> ended = run(TWO, plan(3), (planned, lane, progress) -> record(planned));
    assertEquals(List.of(0L, 1L, 2L), seeds(ended));
    Collections.sort(told);
    assertEquals(List.of("ended 3 succeeded", "skipped 1", "skipped 2", "started 3"), told);
  }

  @Test
  void afterTroubleWithRecordsNoOtherCellStarts() throws Exception {
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                run(
                    TWO,
                    plan(9),
                    (planned, lane, progress) -> {
                      if (planned.cell().seed() == 0) {
                        awaitTold("started 2");
                        throw new IOException("no space left");
                      }
                      Thread.sleep(100); // eight times, in any of which the other lane ends
                      return record(planned);
                    }));
    assertEquals("no space left", thrown.getMessage());
    List<Long> kept = seeds(RecordFolder.open(folder).readAll());
    assertTrue(kept.contains(1L) && kept.size() < 8, "" + kept);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the cells did not run at once", e);
    }
  }

  private void awaitTold(String line) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!told.contains(line)) {
      assertTrue(System.nanoTime() < deadline, line);
      Thread.sleep(5);
    }
  }
}
