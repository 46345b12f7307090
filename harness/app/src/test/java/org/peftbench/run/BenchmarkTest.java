package org.peftbench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.link.Blueprint;
import org.peftbench.model.Tap;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.plan.Sharing;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Records;
import org.peftbench.result.SharedPass;

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
        public void parted(Turn turn, Failure why) {
          told.add("parted " + turn.number() + " " + why.reason());
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
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  /** Runs a cell that is alone. */
  private interface Alone {
    CellRecord run(PlannedCell planned, Lane lane, Consumer<Progress> progress)
        throws IOException, InterruptedException;
  }

  private List<CellRecord> run(List<Lane> lanes, Plan plan, Alone cells)
      throws IOException, InterruptedException {
    return run(
        lanes,
        Sharing.NONE,
        plan,
        (planned, lane, progress) -> {
          assertEquals(1, planned.size());
          return List.of(cells.run(planned.get(0), lane, progress));
        });
  }

  private List<CellRecord> run(List<Lane> lanes, Sharing sharing, Plan plan, CellRunner cells)
      throws IOException, InterruptedException {
    RecordFolder records = RecordFolder.create(folder);
    return new Benchmark(records, new Rescue(records, folder, 0), lanes, sharing, cells, listener)
        .run(plan);
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

  @Test
  void recordsThatCannotBeWrittenAreAllKeptElsewhere() {
    Path out = folder.resolve("out");
    RecordFolder records = RecordFolder.create(out);
    CellRunner runner =
        (planned, lane, progress) -> {
          if (lane.equals(TWO.get(0))) {
            awaitTold("started 3");
            Files.delete(out);
            Files.createFile(out);
            told.add("broken");
          }
          awaitTold("broken");
          return planned.stream().map(BenchmarkTest::record).toList();
        };
    Benchmark benchmark =
        new Benchmark(
            records, new Rescue(records, folder, 0), TWO, new Sharing(2, true), runner, listener);
    WrongInputException thrown =
        assertThrows(WrongInputException.class, () -> benchmark.run(sidePlan(9)));
    String said = "; the record is kept as " + folder;
    assertTrue(String.valueOf(thrown.getMessage()).contains(said), thrown.getMessage());
    assertEquals(1 + 1 + 1, suppressed(thrown).filter(e -> e.contains(said)).count());
  }

  private static Stream<String> suppressed(Throwable thrown) {
    return Stream.of(thrown.getSuppressed())
        .flatMap(
            other ->
                Stream.concat(Stream.of(String.valueOf(other.getMessage())), suppressed(other)));
  }

  private static final List<Lane> ONE = TWO.subList(0, 1);

  /** Cells of a method that only reads the backbone. */
  private static Plan sidePlan(long seeds) {
    Tap tap = Tap.block(1);
    return new Plan(
        plan(seeds).cells().stream()
            .map(
                cell ->
                    new PlannedCell(
                        cell.network(),
                        cell.data(),
                        cell.featureFolder(),
                        List.of(tap),
                        cell.adapter(),
                        cell.hopeless()))
            .toList(),
        List.of());
  }

  private static CellRecord shared(PlannedCell planned) {
    CellRecord alone = record(planned);
    return CellRecord.succeeded(
        alone.cell(),
        alone.outcome().orElseThrow(),
        alone.steps().orElseThrow(),
        Optional.empty(),
        new CellRecord.Costs(
            alone.phases(),
            Optional.of(new SharedPass(List.of("another"), 1, 1, 1)),
            Optional.empty(),
            List.of(),
            alone.watched(),
            alone.endToEndSeconds(),
            alone.provenance()));
  }

  @Test
  void cellsThatShareAPassEndTogetherEachWithItsRecord() throws Exception {
    List<CellRecord> ended =
        run(
            ONE,
            new Sharing(2, true),
            sidePlan(3),
            (planned, lane, progress) -> planned.stream().map(BenchmarkTest::shared).toList());
    assertEquals(List.of(0L, 1L, 2L), seeds(ended));
    assertEquals(
        List.of(
            "started 1",
            "ended 1 succeeded",
            "ended 1 succeeded",
            "started 3",
            "ended 3 succeeded"),
        told);
    assertEquals(ended, RecordFolder.open(folder).readAll());
  }

  /** A learner that diverges is a result; a process that ends may be the fault of one of many. */
  @Test
  void ofAPassThatBreaksEachRunsAloneAndOneThatDivergesDoesNot() throws Exception {
    List<CellRecord> ended =
        run(
            ONE,
            new Sharing(3, true),
            sidePlan(3),
            (planned, lane, progress) ->
                planned.stream()
                    .map(
                        one ->
                            planned.size() > 1 || one.cell().seed() == 1
                                ? Records.failed(one.cell(), Failure.Reason.KILLED, "signal 9")
                                : record(one))
                    .toList());
    assertEquals(
        List.of("succeeded", "failed", "succeeded"),
        ended.stream().map(record -> record.status().toString()).toList());
    assertTrue(told.contains("parted 1 killed"), "" + told);
    told.clear();
    run(
        ONE,
        new Sharing(3, true),
        sidePlan(5),
        (planned, lane, progress) ->
            planned.stream()
                .map(one -> Records.failed(one.cell(), Failure.Reason.DIVERGED, "the loss was NaN"))
                .toList());
    assertTrue(told.stream().noneMatch(line -> line.startsWith("parted")), "" + told);
  }

  @Test
  void whatSharedAPassIsRunAgainWhereCostsAreWanted() throws Exception {
    CellRunner runner =
        (planned, lane, progress) ->
            planned.stream().map(one -> planned.size() > 1 ? shared(one) : record(one)).toList();
    run(ONE, new Sharing(2, true), sidePlan(2), runner);
    told.clear();
    run(ONE, new Sharing(2, true), sidePlan(2), runner);
    assertEquals(List.of("skipped 1", "skipped 2"), told);
    told.clear();
    List<CellRecord> alone = run(ONE, Sharing.NONE, sidePlan(2), runner);
    assertEquals(List.of(), alone.stream().flatMap(one -> one.sharedPass().stream()).toList());
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
