package org.peftbench.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.peftbench.measure.Bystanders;
import org.peftbench.measure.ResidentPeak;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Json;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Status;
import org.peftbench.result.StepTimes;
import org.peftbench.worker.Message;
import org.peftbench.worker.WorkOrder;

/** One cell in its child process, from start to record. */
final class CellProcess {

  /** Lets a child end; what the line says does not matter. */
  private static final String END = "{}";

  // An outcome has a number an epoch; a record may have 16 MiB.
  private static final int LONGEST_MESSAGE = 16 << 20;
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
  private final ResidentPeak memory;
  private final PhaseClock clock;
  private final Bystanders bystanders = Bystanders.watch();
  private final Duration ownBefore = cpu(ProcessHandle.current());
  private List<String> taints = List.of();
  private volatile boolean timedOut;
  private @Nullable Outcome outcome;
  private @Nullable StepTimes steps;
  private @Nullable Failure failure;
  private Message.Engine engine = new Message.Engine("unknown", 0, "");

  private CellProcess(WorkOrder order, Host host, RunListener listener) throws IOException {
    this.order = order;
    this.host = host;
    this.listener = listener;
    this.process = ChildLaunch.start(order.cell().device(), host.threads());
    this.log = new LogTail(process.getErrorStream());
    this.memory = ResidentPeak.of(process.pid());
    this.clock = new PhaseClock(memory);
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
    CellProcess cell = new CellProcess(order, host, listener);
    Thread killer = new Thread(cell.process::destroyForcibly, "child-killer");
    Runtime.getRuntime().addShutdownHook(killer); // Ctrl-C ends the child with the parent
    CellRecord record;
    try (ResidentPeak closing = cell.memory) {
      timeout.ifPresent(cell::limit);
      record = cell.record(closing.method());
    } finally {
      cell.process.destroyForcibly();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // The hook killed the child, which says nothing of the cell: no record is made of that.
      throw (InterruptedException) new InterruptedException("stopped").initCause(e);
    }
    return record;
  }

  private void limit(Duration timeout) {
    Thread watch =
        new Thread(
            () -> {
              try {
                if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                  timedOut = true;
                  process.destroyForcibly();
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "cell-timeout");
    watch.setDaemon(true);
    watch.start();
  }

  private CellRecord record(String memoryMethod) throws InterruptedException {
    converse();
    if (outcome == null) {
      clock.end();
    }
    int exit = process.waitFor();
    List<String> lines = log.lines();
    if (outcome == null || timedOut) {
      Failure reason = failure == null || timedOut ? death(exit) : failure;
      failure = new Failure(reason.reason(), reason.message(), lines);
    }
    boolean succeeded = failure == null;
    return new CellRecord(
        CellRecord.SCHEMA,
        order.cell(),
        succeeded ? Status.SUCCEEDED : Status.FAILED,
        succeeded ? Optional.ofNullable(outcome) : Optional.empty(),
        Optional.ofNullable(failure),
        clock.costs(),
        succeeded ? Optional.ofNullable(steps) : Optional.empty(),
        taints,
        (System.nanoTime() - began) / 1e9,
        host.provenance(startedAt, engine, memoryMethod));
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
      clock.end(); // while the child is still there to be measured
      Duration parent = cpu(ProcessHandle.current()).minus(ownBefore);
      taints = bystanders.taints(cpu(process.toHandle()).plus(parent));
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
    if (timedOut) {
      return new Failure(
          Failure.Reason.TIMED_OUT, "stopped " + where + " by the time limit", List.of());
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
