package org.peftbench.child;

import java.util.List;
import java.util.Optional;
import org.peftbench.result.Failure;
import org.peftbench.worker.AddressSpace;

/**
 * How a child's process ended.
 *
 * @param exit its exit code; above 128 for a signal
 * @param stopped why it was stopped, such as {@code by the time limit}; empty if it was not
 * @param log the last lines that it wrote, oldest first
 */
public record Ending(int exit, Optional<String> stopped, List<String> log) {

  private static final int SIGNAL_BASE = 128;
  private static final int SIGKILL = 9;
  private static final int SIGTERM = 15;

  /**
   * What an end without an answer means.
   *
   * @param where it was, such as {@code in phase train}; may be empty
   */
  public Failure failure(String where) {
    String at = where.isEmpty() ? "" : " " + where;
    int signal = exit - SIGNAL_BASE;
    if (stopped.isPresent()) {
      return new Failure(Failure.Reason.TIMED_OUT, "stopped" + at + " " + stopped.get(), log);
    }
    if (signal == SIGKILL || signal == SIGTERM) {
      String why = signal == SIGKILL ? "; the system does that when memory runs out" : "";
      return new Failure(Failure.Reason.KILLED, "ended by signal " + signal + at + why, log);
    }
    String how = signal > 0 ? "crashed with signal " + signal : "ended with exit code " + exit;
    String silently = exit == 0 ? ", without an answer" : "";
    String within = AddressSpace.words(); // Java and the engine end like this where they meet it
    return new Failure(Failure.Reason.CRASHED, how + at + silently + within, log);
  }
}
