package org.peftbench.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import org.peftbench.cell.Cell;
import org.peftbench.link.Message;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.run.RunListener;

/** Shows how a run goes: a bar on a terminal, plain lines elsewhere. */
abstract class ProgressDisplay implements RunListener, AutoCloseable {

  private final PrintWriter err;

  ProgressDisplay(PrintWriter err) {
    this.err = err;
  }

  /** The display that fits where standard error goes, as the launcher found it. */
  static ProgressDisplay on(PrintWriter err) {
    return Boolean.getBoolean("bench.terminal") ? new BarProgress(err) : new PlainProgress(err);
  }

  /** Shows what a child says of its progress. */
  final Consumer<Message> hearing(String phase) {
    return message -> {
      if (message instanceof Message.Progress progress) {
        progress(phase, progress.done(), progress.total(), progress.text());
      }
    };
  }

  /** Takes whatever is shown of the present phase away. */
  abstract void clear();

  final void say(String line) {
    clear();
    err.println(line);
    err.flush();
  }

  @Override
  public final void started(int number, int of, Cell cell) {
    say(head(number, of, cell));
  }

  @Override
  public final void skipped(int number, int of, Cell cell) {
    say(head(number, of, cell) + ": done before");
  }

  @Override
  public final void ended(int number, int of, CellRecord record) {
    String what =
        record
            .outcome()
            .map(outcome -> "%.2f %%".formatted(outcome.accuracy()))
            .orElseGet(() -> "failed: " + record.failure().map(ProgressDisplay::why).orElse(""));
    say("  %s, %.1f s".formatted(what, record.endToEndSeconds()));
  }

  private static String why(Failure failure) {
    return failure.reason() + ", " + failure.message();
  }

  private static String head(int number, int of, Cell cell) {
    return "[%d/%d] %s on %s, seed %d"
        .formatted(number, of, cell.method().label(), cell.task(), cell.seed());
  }

  @Override
  public void close() {
    clear();
  }
}
