package org.peftbench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.peftbench.WrongInputException;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Device;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.plan.Plan;
import org.peftbench.plan.PlannedCell;
import org.peftbench.plan.Sharing;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Status;

/** Runs a plan, as many passes at once as there are lanes, and keeps a record of each cell. */
public final class Benchmark {

  private final RecordFolder records;
  private final Rescue rescue;
  private final List<Lane> lanes;
  private final Sharing sharing;
  private final CellRunner cells;
  private final RunListener listener;

  /**
   * A benchmark.
   *
   * @param records where records are and go
   * @param host what stays the same for all records
   * @param lanes where cells run, one pass at a time in each
   * @param sharing which cells may share a pass
   * @param limits what a cell may take
   * @param listener told how it goes
   */
  public Benchmark(
      RecordFolder records,
      Host host,
      List<Lane> lanes,
      Sharing sharing,
      Limits limits,
      RunListener listener) {
    this(records, Rescue.of(records), lanes, sharing, inProcesses(host, limits), listener);
  }

  private static CellRunner inProcesses(Host host, Limits limits) {
    GpuMeters meters = new GpuMeters(Nvml.LIBRARY);
    return (planned, lane, progress) -> {
      PlannedCell first = planned.get(0);
      return first.hopeless().isPresent()
          ? List.of(PassProcess.notBegun(first.cell(), host, first.hopeless().get()))
          : PassProcess.run(planned, host, lane, limits, progress, meters);
    };
  }

  Benchmark(
      RecordFolder records,
      Rescue rescue,
      List<Lane> lanes,
      Sharing sharing,
      CellRunner cells,
      RunListener listener) {
    this.records = records;
    this.rescue = rescue;
    this.lanes = List.copyOf(lanes);
    this.sharing = sharing;
    this.cells = cells;
    this.listener = new OneAtATime(listener);
  }

  /** Cells by their places in the plan: passes that wait, and records of what has ended. */
  private record Course(
      List<PlannedCell> planned,
      Queue<List<Integer>> waiting,
      AtomicReferenceArray<CellRecord> ended) {

    Turn turn(List<Integer> places, Device device) {
      return new Turn(places.get(0) + 1, planned.size(), cells(places), device);
    }

    List<PlannedCell> planned(List<Integer> places) {
      return places.stream().map(planned::get).toList();
    }

    private List<Cell> cells(List<Integer> places) {
      return planned(places).stream().map(PlannedCell::cell).toList();
    }
  }

  /**
   * Runs every cell that has not succeeded before, or whose adapter is wanted and not there, or
   * which shared a pass before and is to run alone. If a record cannot be written, cells that run
   * come to their end and no other starts; what is thrown, with what it suppresses, says where each
   * record is.
   *
   * @return the records of all cells of the plan, in its order
   */
  public List<CellRecord> run(Plan plan) throws IOException, InterruptedException {
    int of = plan.cells().size();
    Course course =
        new Course(plan.cells(), new ConcurrentLinkedQueue<>(), new AtomicReferenceArray<>(of));
    // All are read first: a damaged one is found before hours are spent on others.
    List<Integer> left = new ArrayList<>();
    List<Turn> done = new ArrayList<>();
    for (int place = 0; place < of; place++) {
      PlannedCell planned = plan.cells().get(place);
      Optional<CellRecord> before =
          records.find(planned.cell()).filter(found -> isWhole(found, planned));
      if (before.isPresent()) {
        course.ended.set(place, before.get());
        done.add(course.turn(List.of(place), lanes.get(0).device()));
      } else {
        left.add(place);
      }
    }
    done.forEach(listener::skipped);
    course.waiting.addAll(sharing.passes(left, plan.cells()));
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
        for (var pass = course.waiting.poll(); pass != null; pass = course.waiting.poll()) {
          run(course, pass, lane);
        }
        return null;
      } finally {
        course.waiting.clear();
      }
    };
  }

  private void run(Course course, List<Integer> places, Lane lane)
      throws IOException, InterruptedException {
    Turn turn = course.turn(places, lane.device());
    listener.started(turn);
    List<CellRecord> found =
        cells.run(course.planned(places), lane, progress -> listener.progress(turn, progress));
    Optional<Failure> broken = broken(found);
    if (broken.isPresent()) {
      // One may have brought all down: alone, it fails alone.
      listener.parted(turn, broken.get());
      for (int place : places) {
        run(course, List.of(place), lane);
      }
      return;
    }
    List<WrongInputException> refusals = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      try {
        rescue.write(found.get(i));
      } catch (WrongInputException e) {
        refusals.add(e);
      }
      course.ended.set(places.get(i), found.get(i));
      listener.ended(turn, found.get(i));
    }
    if (!refusals.isEmpty()) {
      throw together(refusals);
    }
  }

  /** Why a pass of several did not come to its end. */
  private static Optional<Failure> broken(List<CellRecord> pass) {
    return pass.stream()
        .filter(record -> pass.size() > 1)
        .flatMap(record -> record.failure().stream())
        .filter(failure -> failure.reason() != Failure.Reason.DIVERGED)
        .findFirst();
  }

  private static void runLanes(List<Callable<Void>> works)
      throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    List<Throwable> thrown = new ArrayList<>();
    try {
      for (Future<Void> lane : threads.invokeAll(works)) {
        try {
          lane.get();
        } catch (ExecutionException e) {
          thrown.add(e.getCause());
        }
      }
    } finally {
      threads.shutdownNow();
    }
    if (!thrown.isEmpty()) {
      rethrow(together(thrown));
    }
  }

  /** The first, which brings the others along: each may say where a record is. */
  private static <T extends Throwable> T together(List<T> thrown) {
    T first = thrown.get(0);
    thrown.stream().skip(1).forEach(first::addSuppressed);
    return first;
  }

  /** As if it had been thrown here, which callers tell apart. */
  private static void rethrow(Throwable cause) throws IOException, InterruptedException {
    if (cause instanceof IOException inOut) {
      throw inOut;
    } else if (cause instanceof InterruptedException interrupted) {
      throw interrupted;
    } else if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw new IllegalStateException(cause);
  }

  private boolean isWhole(CellRecord record, PlannedCell planned) {
    return record.status() == Status.SUCCEEDED
        && planned.adapter().map(Path::of).stream().allMatch(Files::exists)
        && (record.sharedPass().isEmpty() || sharing.mayShare(planned));
  }
}
