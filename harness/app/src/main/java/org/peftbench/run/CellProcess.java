package org.peftbench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Cell;
import org.peftbench.child.BoundedLines;
import org.peftbench.child.ChildLaunch;
import org.peftbench.child.LogTail;
import org.peftbench.link.Message;
import org.peftbench.link.WorkOrder;
import org.peftbench.measure.Bystanders;
import org.peftbench.measure.Watch;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Inference;
import org.peftbench.result.Json;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.StepTimes;

/** One cell in its child process, from start to record. */
final class CellProcess {

  /** Lets a child end; what the line says does not matter. */
  private static final String END = "{}";

  // An outcome has a number an epoch; a record may have 16 MiB.
  private static final int LONGEST_MESSAGE = 16 << 20;

  /** A jar's method that hangs must not keep the other cells waiting for ever. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  private static final int SIGNAL_BASE = 128;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  private final WorkOrder order;
  private final Host host;
  private final RunListener listener;
  private final long began = System.nanoTime();
  private final Instant startedAt = Instant.now();
  private final Process process;
  private final LogTail log;
  private final GpuAccess gpu;
  private final Watch watch;
  private final PhaseClock clock;
  private final Bystanders bystanders = Bystanders.watch();
  private final Duration ownBefore = cpu(ProcessHandle.current());
  private List<String> taints = List.of();
  private volatile long heard = began;
  private volatile @Nullable String stopped;
  private @Nullable Outcome outcome;
  private @Nullable StepTimes steps;
  private @Nullable Inference inference;
  private @Nullable Failure failure;
  private Message.Engine engine = new Message.Engine("unknown", 0, "");

  private CellProcess(WorkOrder order, Host host, RunListener listener, GpuAccess gpu)
      throws IOException {
    this.order = order;
    this.gpu = gpu;
    this.host = host;
    this.listener = listener;
    this.process = ChildLaunch.start(order.cell().device(), host.threads());
    this.log = new LogTail(process.getErrorStream());
    this.watch = Watch.of(process.pid(), gpu.meter());
    this.clock = new PhaseClock(watch);
  }

  /**
   * Runs a cell to its end, whatever that is.
   *
   * @param timeout the longest it may take; empty for no limit
   * @throws InterruptedException if this program was told to end meanwhile
   */
  static CellRecord run(
      WorkOrder order, Host host, Optional<Duration> timeout, RunListener listener)
      throws IOException, InterruptedException {
    try (GpuAccess gpu = GpuAccess.of(order.cell().device())) {
      return new CellProcess(order, host, listener, gpu).run(timeout);
    }
  }

  /** The record of a cell whose method's jar cannot be used: no process is started for it. */
  static CellRecord unusable(Cell cell, Host host, String why) {
    Message.Engine none = new Message.Engine("none", 0, "");
    return CellRecord.failed(
        cell,
        new Failure(Failure.Reason.PLUGIN, why, List.of()),
        CellRecord.Costs.none(host.provenance(Instant.now(), none, "none")));
  }

  private CellRecord run(Optional<Duration> timeout) throws InterruptedException {
    Thread killer = new Thread(process::destroyForcibly, "child-killer");
    Runtime.getRuntime().addShutdownHook(killer); // Ctrl-C ends the child with the parent
    CellRecord record;
    try (watch) {
      limit(timeout);
      record = record();
    } finally {
      process.destroyForcibly();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // The hook killed the child, which says nothing of the cell: no record is made of that.
      throw (InterruptedException) new InterruptedException("stopped").initCause(e);
    }
    return record;
  }

  private void limit(Optional<Duration> timeout) {
    Thread watch = new Thread(() -> waitOrStop(timeout), "cell-limit");
    watch.setDaemon(true);
    watch.start();
  }

  private void waitOrStop(Optional<Duration> timeout) {
    try {
      while (!process.waitFor(1, TimeUnit.SECONDS)) {
        long now = System.nanoTime();
        if (timeout.isPresent() && now - began > timeout.get().toNanos()) {
          stop("by the time limit");
        } else if (order.jar().isPresent() && now - heard > SILENCE.toNanos()) {
          stop("after " + SILENCE.toMinutes() + " minutes without a step");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(String why) {
    stopped = why;
    process.destroyForcibly();
  }

  private CellRecord record() throws InterruptedException {
    converse();
    if (outcome == null) {
      clock.end();
    }
    int exit = process.waitFor();
    List<String> lines = log.lines();
    if (outcome == null || stopped != null) {
      Failure reason = failure == null || stopped != null ? death(exit) : failure;
      failure = new Failure(reason.reason(), reason.message(), lines);
    }
    CellRecord.Costs costs =
        new CellRecord.Costs(
            clock.costs(),
            taints,
            Optional.of(watch.watched()),
            (System.nanoTime() - began) / 1e9,
            host.provenance(startedAt, engine, watch.memoryMethod()));
    return failure == null
        ? CellRecord.succeeded(
            order.cell(),
            Objects.requireNonNull(outcome),
            Objects.requireNonNull(steps),
            Objects.requireNonNull(inference),
            costs)
        : CellRecord.failed(order.cell(), failure, costs);
  }

  private void converse() {
    try (BoundedLines in = new BoundedLines(process.getInputStream(), LONGEST_MESSAGE);
        Writer out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8)) {
      answer(out, Json.MAPPER.writeValueAsString(order));
      for (String line = in.next(); line != null; line = in.next()) {
        hear(line, out);
      }
    } catch (IOException e) {
      // The child went away in the middle of a sentence; its exit code says how.
      log.add("(the connection to the cell broke: " + e.getMessage() + ")");
    }
  }

  private void hear(String line, Writer out) throws IOException {
    heard = System.nanoTime();
    Message message;
    try {
      message = Json.MAPPER.readValue(line, Message.class);
    } catch (JsonProcessingException e) {
      log.add(line); // something else wrote to standard output
      return;
    }
    if (message instanceof Message.Phase phase) {
      PhaseCost before = clock.enter(phase.name());
      answer(out, Json.MAPPER.writeValueAsString(before));
      listener.progress(phase.name(), 0, 0, "");
    } else if (message instanceof Message.Progress progress) {
      listener.progress(clock.phase(), progress.done(), progress.total(), progress.text());
    } else if (message instanceof Message.Reused reused) {
      clock.reused(reused.cost());
    } else if (message instanceof Message.Engine facts) {
      engine = facts;
    } else if (message instanceof Message.Done done) {
      outcome = done.outcome();
      steps = done.steps();
      inference = done.inference();
      clock.end(); // while the child is still there to be measured
      Duration parent = cpu(ProcessHandle.current()).minus(ownBefore);
      taints =
          Stream.of(
                  bystanders.taints(cpu(process.toHandle()).plus(parent)),
                  gpu.trouble(),
                  watch.taints())
              .flatMap(List::stream)
              .toList();
      answer(out, END);
    } else if (message instanceof Message.Failed failed) {
      failure = new Failure(failed.reason(), failed.message(), List.of());
    }
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static void answer(Writer out, String line) throws IOException {
    out.write(line);
    out.write('\n');
    out.flush();
  }

  private Failure death(int exit) {
    String where = "in phase " + clock.phase();
    if (stopped != null) {
      return new Failure(Failure.Reason.TIMED_OUT, "stopped " + where + " " + stopped, List.of());
    }
    int signal = exit - SIGNAL_BASE;
    if (signal == SIGKILL || signal == SIGTERM) {
      return new Failure(
          Failure.Reason.KILLED,
          "ended by signal "
              + signal
              + " "
              + where
              + (signal == SIGKILL ? "; the system does that when memory runs out" : ""),
          List.of());
    }
    return new Failure(
        Failure.Reason.CRASHED,
        (signal > 0 ? "crashed with signal " + signal : "ended with exit code " + exit)
            + " "
            + where,
        List.of());
  }
}
