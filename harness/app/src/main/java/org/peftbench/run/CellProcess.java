package org.peftbench.run;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Cell;
import org.peftbench.child.Child;
import org.peftbench.child.Ending;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.measure.Bystanders;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.Watch;
import org.peftbench.plan.PlannedCell;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.result.StepTimes;

/** One cell in its child process, from start to record. */
final class CellProcess {

  private final Cell cell;
  private final Host host;
  private final Lane lane;
  private final Consumer<Progress> progress;
  private final long began = System.nanoTime();
  private final Instant startedAt = Instant.now();
  private final Child child;
  private final GpuAccess gpu;
  private final Watch watch;
  private final PhaseClock clock;
  private final Bystanders bystanders = Bystanders.watch();
  private List<String> taints = List.of();
  private @Nullable Outcome outcome;
  private @Nullable StepTimes steps;
  private @Nullable Inference inference;
  private @Nullable Failure failure;
  private Message.Engine engine = new Message.Engine("unknown", 0, "", Optional.empty());

  private CellProcess(
      PlannedCell planned,
      Host host,
      Lane lane,
      Optional<Duration> timeout,
      Consumer<Progress> progress,
      GpuAccess gpu)
      throws IOException, InterruptedException {
    this.cell = planned.cell();
    this.gpu = gpu;
    this.host = host;
    this.lane = lane;
    this.progress = progress;
    Order order = planned.order(lane.device(), gpu.model());
    this.child = Child.start(order, lane.cores(), lane.threads(), timeout);
    try {
      this.watch = Watch.of(child.process().pid(), gpu.meter());
    } catch (RuntimeException | Error e) {
      child.close();
      throw e;
    }
    this.clock = new PhaseClock(watch, lane.alone());
  }

  /**
   * Runs a cell to its end, whatever that is.
   *
   * @param lane where it runs
   * @param timeout the longest it may take; empty for no limit
   * @param progress told how far it is
   * @param meters of the run's GPUs
   * @throws InterruptedException if this program was told to end meanwhile
   */
  static CellRecord run(
      PlannedCell planned,
      Host host,
      Lane lane,
      Optional<Duration> timeout,
      Consumer<Progress> progress,
      GpuMeters meters)
      throws IOException, InterruptedException {
    try (GpuAccess gpu = GpuAccess.of(lane.device(), meters)) {
      return new CellProcess(planned, host, lane, timeout, progress, gpu).run();
    }
  }

  /** The record of a cell whose method's jar cannot be used: no process is started for it. */
  static CellRecord unusable(Cell cell, Host host, String why) {
    Message.Engine none = new Message.Engine("none", 0, "", Optional.empty());
    return CellRecord.failed(
        cell,
        new Failure(Failure.Reason.PLUGIN, why, List.of()),
        CellRecord.Costs.none(host.provenance(Instant.now(), none, Optional.empty(), "none")));
  }

  private CellRecord run() throws InterruptedException {
    try (watch;
        child) {
      for (Optional<Message> said = child.next(); said.isPresent(); said = child.next()) {
        hear(said.get());
      }
      if (outcome == null) {
        clock.end();
      }
      return record(child.end());
    }
  }

  private CellRecord record(Ending ending) {
    if (ending.stopped().isPresent() || (outcome == null && failure == null)) {
      failure = ending.failure("in phase " + clock.phase());
    } else if (failure != null) {
      failure = new Failure(failure.reason(), failure.message(), ending.log());
    }
    CellRecord.Costs costs =
        new CellRecord.Costs(
            clock.costs(),
            Optional.empty(),
            taints,
            Optional.of(watch.watched()),
            (System.nanoTime() - began) / 1e9,
            host.provenance(startedAt, engine, lane.cores(), watch.memoryMethod()));
    return failure == null
        ? CellRecord.succeeded(
            cell,
            Objects.requireNonNull(outcome),
            Objects.requireNonNull(steps),
            Optional.of(Objects.requireNonNull(inference)),
            costs)
        : CellRecord.failed(cell, failure, costs);
  }

  private void hear(Message message) {
    if (message instanceof Message.Leaving) {
      child.answer(clock.leave());
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
      outcome = done.outcome();
      steps = done.steps();
      inference = done.inference();
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
