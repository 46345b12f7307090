package org.peftbench.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Cell;
import org.peftbench.child.Child;
import org.peftbench.child.Ending;
import org.peftbench.link.Learned;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.measure.Bystanders;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.Watch;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.SharedPass;

/** Cells that share a child process, or one alone in its own, from start to records. */
final class PassProcess {

  private final List<PlannedCell> planned;
  private final List<Cell> cells;
  private final Host host;
  private final Lane lane;
  private final Consumer<Progress> progress;
  private final long began = System.nanoTime();
  private final Instant startedAt = Instant.now();
  private final Child child;
  private final GpuAccess gpu;
  private final Watch watch;
  private final PhaseClock clock;
  private final MemoryGuard memory;
  private final Bystanders bystanders = Bystanders.watch();
  private List<String> taints = List.of();
  private @Nullable List<Learned> learned;
  private @Nullable Failure failure;
  private Message.Engine engine = new Message.Engine("unknown", 0, "", Optional.empty());

  private PassProcess(
      List<PlannedCell> planned,
      Host host,
      Lane lane,
      Limits limits,
      Consumer<Progress> progress,
      GpuAccess gpu)
      throws IOException, InterruptedException {
    this.planned = List.copyOf(planned);
    this.cells = planned.stream().map(PlannedCell::cell).toList();
    this.gpu = gpu;
    this.host = host;
    this.lane = lane;
    this.progress = progress;
    Order order = PlannedCell.order(planned, lane.device(), gpu.model());
    Optional<Duration> limit = limits.time().map(each -> each.multipliedBy(planned.size()));
    this.child = Child.start(order, lane.cores(), lane.threads(), limit);
    try {
      this.watch = Watch.of(child.process().pid(), gpu.meter());
    } catch (RuntimeException | Error e) {
      child.close();
      throw e;
    }
    this.clock = new PhaseClock(watch, lane.alone());
    this.memory = MemoryGuard.watch(limits.residentBytes(), watch::residentBytes, child.process());
  }

  /**
   * Runs cells to their end, whatever that is.
   *
   * @param planned one cell, or several that may share a pass
   * @param lane where they run
   * @param limits of each cell's time, and of their process's memory
   * @param progress told how far they are
   * @param meters of the run's GPUs
   * @throws InterruptedException if this program was told to end meanwhile
   */
  static List<CellRecord> run(
      List<PlannedCell> planned,
      Host host,
      Lane lane,
      Limits limits,
      Consumer<Progress> progress,
      GpuMeters meters)
      throws IOException, InterruptedException {
    try (GpuAccess gpu = GpuAccess.of(lane.device(), meters)) {
      return new PassProcess(planned, host, lane, limits, progress, gpu).run();
    }
  }

  /** The record of a cell for which no process is started. */
  static CellRecord notBegun(Cell cell, Host host, Failure why) {
    Message.Engine none = new Message.Engine("none", 0, "", Optional.empty());
    return CellRecord.failed(
        cell,
        why,
        CellRecord.Costs.none(host.provenance(Instant.now(), none, Optional.empty(), "none")));
  }

  private List<CellRecord> run() throws InterruptedException {
    try (watch;
        child;
        memory) {
      Optional<Message> said = child.next();
      while (said.isPresent()) {
        tryToHear(said.get());
        said = learned == null && failure == null ? child.next() : Optional.empty();
      }
      if (learned == null) {
        clock.end();
      }
      if (failure != null) {
        child.close(); // which has nothing more to do, whatever it does
      }
      return records(child.end());
    }
  }

  private List<CellRecord> records(Ending ending) {
    Optional<String> tooLarge = memory.ended().filter(why -> learned == null);
    if (tooLarge.isPresent()) {
      String what = "in phase " + clock.phase() + " " + tooLarge.get();
      failure = new Failure(Failure.Reason.OUT_OF_MEMORY, what, ending.log());
    } else if (ending.stopped().isPresent() || (learned == null && failure == null)) {
      failure = ending.failure("in phase " + clock.phase());
    } else if (failure != null) {
      failure = new Failure(failure.reason(), failure.message(), ending.log());
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    List<CellRecord> records = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      records.add(record(i, seconds, ending.log()));
    }
    return records;
  }

  private CellRecord record(int place, double seconds, List<String> log) {
    Optional<Learned> mine = Optional.ofNullable(learned).map(all -> all.get(place));
    CellRecord.Costs costs =
        new CellRecord.Costs(
            clock.costs(),
            mine.flatMap(learner -> shared(place, learner)),
            mine.flatMap(Learned::edge),
            taints,
            Optional.of(watch.watched()),
            seconds,
            host.provenance(startedAt, engine, lane.cores(), watch.memoryMethod()));
    Cell cell = cells.get(place);
    if (failure != null) {
      return CellRecord.failed(cell, failure, costs);
    }
    Learned learner = mine.orElseThrow();
    return learner
        .found()
        .map(
            found ->
                CellRecord.succeeded(
                    cell, found.outcome(), found.steps(), found.inference(), costs))
        .orElseGet(
            () -> {
              String how = learner.diverged().orElseThrow();
              return CellRecord.failed(cell, new Failure(Failure.Reason.DIVERGED, how, log), costs);
            });
  }

  private Optional<SharedPass> shared(int place, Learned learner) {
    if (cells.size() == 1) {
      return Optional.empty();
    }
    List<String> others = new ArrayList<>(cells.stream().map(RecordFolder::identity).toList());
    others.remove(place);
    return Optional.of(
        new SharedPass(
            others, learner.backboneSeconds(), learner.ownSeconds(), learner.ownBytes()));
  }

  private void tryToHear(Message message) {
    try {
      hear(message);
    } catch (IllegalArgumentException e) {
      refuse(String.valueOf(e.getMessage()));
    }
  }

  /** Nothing that follows is worth hearing. */
  private void refuse(String objection) {
    boolean stranger = planned.stream().anyMatch(one -> one.network().jar().isPresent());
    failure =
        new Failure(
            stranger ? Failure.Reason.PLUGIN : Failure.Reason.ERROR,
            "it said what cannot be: " + objection,
            List.of());
  }

  private void hear(Message message) {
    if (message instanceof Message.Leaving) {
      child.answer(clock.leave());
    } else if (message instanceof Message.Read read) {
      clock.read(read.streamed());
    } else if (message instanceof Message.Resumed resumed) {
      clock.resumed(resumed.spent());
    } else if (message instanceof Message.Spared spared) {
      clock.spared(spared.seconds());
    } else if (message instanceof Message.Entering entering) {
      clock.enter(entering.phase());
      child.say(new Order.GoOn());
      progress.accept(new Progress(clock.phase().toString(), 0, 0, ""));
    } else if (message instanceof Message.Progress how) {
      progress.accept(new Progress(clock.phase().toString(), how.done(), how.total(), how.text()));
    } else if (message instanceof Message.Reused reused) {
      clock.reused(reused.cost());
    } else if (message instanceof Message.Engine facts) {
      engine = facts;
    } else if (message instanceof Message.Done done) {
      double seconds = (System.nanoTime() - began) / 1e9;
      Optional<String> objection =
          Plausible.objection(planned, clock.phase(), seconds, done.learners());
      if (objection.isPresent()) {
        refuse(objection.get());
        return;
      }
      learned = done.learners();
      clock.end(); // while the child is still there to be measured
      taints =
          Stream.of(bystanders.taints(), lane.taints(), gpu.trouble(), watch.taints())
              .flatMap(List::stream)
              .toList();
      child.say(new Order.End());
    } else if (message instanceof Message.Failed failed) {
      failure = new Failure(failed.reason(), failed.message(), List.of());
    }
  }
}
