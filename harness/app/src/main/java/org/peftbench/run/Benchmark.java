package org.peftbench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Status;

/** Runs a plan, as many cells at once as there are lanes, and keeps a record of each. */
public final class Benchmark {

  private final RecordFolder records;
  private final List<Lane> lanes;
  private final CellRunner cells;
  private final RunListener listener;

  /**
   * A benchmark.
   *
   * @param records where records are and go
   * @param host what stays the same for all records
   * @param lanes where cells run, one at a time in each
   * @param timeout the longest a cell may take
   * @param listener told how it goes
   */
  public Benchmark(
      RecordFolder records,
      Host host,
      List<Lane> lanes,
      Optional<Duration> timeout,
      RunListener listener) {
    this(records, lanes, inProcesses(host, timeout), listener);
  }

  private static CellRunner inProcesses(Host host, Optional<Duration> timeout) {
    GpuMeters meters = new GpuMeters(Nvml.LIBRARY);
    return (planned, lane, progress) ->
        planned.unusable().isPresent()
            ? CellProcess.unusable(planned.cell(), host, planned.unusable().get())
            : CellProcess.run(planned, host, lane, timeout, progress, meters);
  }

  Benchmark(RecordFolder records, List<Lane> lanes, CellRunner cells, RunListener listener) {
    this.records = records;
    this.lanes = List.copyOf(lanes);
    this.cells = cells;
    this.listener = new OneAtATime(listener);
  }

  /**
   * Cells by their places in the plan: those that wait, and the records of those that have ended.
   */
  private record Course(
      List<PlannedCell> planned,
      List<Optional<CellRecord>> before,
      Queue<Integer> waiting,
      AtomicReferenceArray<CellRecord> ended) {

    Turn turn(int place, Lane lane) {
      return new Turn(place + 1, planned.size(), planned.get(place).cell(), lane.device());
    }
  }

  /**
   * Runs every cell that has not succeeded before, or whose adapter is wanted and not there. If a
   * record cannot be written, cells that run come to their end and no other starts.
   *
   * @return the records of all cells of the plan, in its order
   */
  public List<CellRecord> run(Plan plan) throws IOException, InterruptedException {
    int of = plan.cells().size();
    // All are read first: a damaged one is found before hours are spent on others.
    List<Optional<CellRecord>> before =
        plan.cells().stream()
            .map(planned -> records.find(planned.cell()).filter(found -> isWhole(found, planned)))
            .toList();
    Course course =
        new Course(
            plan.cells(),
            before,
            new ConcurrentLinkedQueue<>(IntStream.range(0, of).boxed().toList()),
            new AtomicReferenceArray<>(of));
    runLanes(lanes.stream().map(lane -> work(course, lane)).toList());
    List<CellRecord> ended = new ArrayList<>();
    for (int place = 0; place < of; place++) {
      ended.add(course.ended.get(place));
    }
    return ended;
  }

  private Callable<Void> work(Course course, Lane lane) {
    return () -> {
      try {
        for (Integer place = course.waiting.poll(); place != null; place = course.waiting.poll()) {
          course.ended.set(place, run(course, place, lane));
        }
        return null;
      } finally {
        course.waiting.clear();
      }
    };
  }

  private CellRecord run(Course course, int place, Lane lane)
      throws IOException, InterruptedException {
    Turn turn = course.turn(place, lane);
    Optional<CellRecord> before = course.before.get(place);
    if (before.isPresent()) {
      listener.skipped(turn);
      return before.get();
    }
    listener.started(turn);
    CellRecord record =
        cells.run(course.planned.get(place), lane, progress -> listener.progress(turn, progress));
    records.write(record);
    listener.ended(turn, record);
    return record;
  }

  private static void runLanes(List<Callable<Void>> works)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    try {
      for (Future<Void> lane : threads.invokeAll(works)) {
        lane.get();
      }
    } catch (ExecutionException e) {
      rethrow(e);
    } finally {
      threads.shutdownNow();
    }
  }

  /** As if it had been thrown here, which callers tell apart. */
  private static void rethrow(ExecutionException e) throws IOException, InterruptedException {
    Throwable cause = e.getCause();
    if (cause instanceof IOException inOut) {
      throw inOut;
    } else if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    } else if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new IllegalStateException(e);
  }

  private static boolean isWhole(CellRecord record, PlannedCell planned) {
    return record.status() == Status.SUCCEEDED
        && planned.adapter().map(Path::of).stream().allMatch(Files::exists);
  }
}
