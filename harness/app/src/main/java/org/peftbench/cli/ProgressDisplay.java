package org.peftbench.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Consumer;
import org.peftbench.Printable;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Protocol;
import org.peftbench.link.Message;
import org.peftbench.report.Text;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.run.Progress;
import org.peftbench.run.RunListener;
import org.peftbench.run.Turn;

/**
 * Shows how a run goes: a bar on a terminal, plain lines elsewhere. Where several cells run at
 * once, each line says by its number which one it is about.
 */
abstract class ProgressDisplay implements RunListener, AutoCloseable {

  private final PrintWriter err;
  private final boolean several;

  ProgressDisplay(PrintWriter err, boolean several) {
    this.err = err;
    this.several = several;
  }

  /** The display of one thing that fits where standard error goes, as the launcher found it. */
  static ProgressDisplay on(PrintWriter err) {
    return on(err, 1);
  }

  /**
   * The display that fits where standard error goes.
   *
   * @param lanes cells that run at once
   */
  static ProgressDisplay on(PrintWriter err, int lanes) {
    boolean several = lanes > 1;
    return Boolean.getBoolean("bench.terminal")
        ? new BarProgress(err, several)
        : new PlainProgress(err, several);
  }

  /** Shows what a child says of its progress. */
  final Consumer<Message> hearing(String phase) {
    return message -> {
      if (message instanceof Message.Progress how) {
        show(new Progress(phase, how.done(), how.total(), how.text()));
      }
    };
  }

  /** Shows how far the one thing is that runs. */
  abstract void show(Progress progress);

  /** Shows how far one of several cells is. */
  abstract void show(Turn turn, Progress progress);

  /** Forgets one of several cells, which has ended. */
  abstract void forget(Turn turn);

  /** Takes whatever is shown of the present phase away. */
  abstract void clear();

  final void say(String line) {
    clear();
    print(line);
  }

  final void print(String line) {
    err.println(Printable.line(line));
    err.flush();
  }

  @Override
  public final void started(Turn turn) {
    say(head(turn) + (several ? ", on " + turn.device() : ""));
  }

  @Override
  public final void skipped(Turn turn) {
    say(head(turn) + ": done before");
  }

  @Override
  public final void progress(Turn turn, Progress progress) {
    if (several) {
      show(turn, progress);
    } else {
      show(progress);
    }
  }

  @Override
  public final void parted(Turn turn, Failure why) {
    forget(turn);
    say("  %s; each of the %d runs alone".formatted(why(why), turn.cells().size()));
  }

  @Override
  public final void ended(Turn turn, CellRecord record) {
    String what =
        record
            .outcome()
            .map(outcome -> "%.2f %%".formatted(outcome.accuracy()))
            .orElseGet(() -> "failed: " + record.failure().map(ProgressDisplay::why).orElse(""));
    forget(turn);
    boolean shared = turn.cells().size() > 1;
    String whose = several ? place(turn) + " " : "";
    whose += shared ? name(record.cell()) + ": " : "";
    String of = shared ? " for all " + turn.cells().size() : "";
    say("  %s%s, %.1f s%s".formatted(whose, what, record.endToEndSeconds(), of));
  }

  private static String why(Failure failure) {
    return failure.reason() + ", " + failure.message();
  }

  /** {@code [3/12]}, of a pass that of its first cell. */
  static String place(Turn turn) {
    return "[%d/%d]".formatted(turn.number(), turn.of());
  }

  private static String head(Turn turn) {
    List<Cell> cells = turn.cells();
    String first = "%s %s".formatted(place(turn), name(cells.get(0)));
    return cells.size() == 1
        ? first
        : first + ", and " + (cells.size() - 1) + " more on the same pass";
  }

  private static String name(Cell cell) {
    return "%s%s on %s, seed %d"
        .formatted(cell.method().label(), tried(cell.protocol()), cell.task(), cell.seed());
  }

  /** What tells the trials of a study apart. */
  private static String tried(Protocol protocol) {
    return protocol.ownLr() && protocol.lrGiven()
        ? " (lr %s, weight decay %s)"
            .formatted(Text.exact(protocol.lr()), Text.exact(protocol.weightDecay()))
        : "";
  }

  @Override
  public void close() {
    clear();
  }
}
