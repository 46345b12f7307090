package org.peftbench.result;

import java.util.List;

/**
 * Why a cell failed.
 *
 * @param reason the kind of failure
 * @param message one line for a person
 * @param log the last lines the child process wrote, oldest first
 */
public record Failure(Reason reason, String message, List<String> log) {

  /** The kinds of failure that a table can name. */
  public enum Reason {
    /** Host or device memory ran out. */
    OUT_OF_MEMORY("out of memory"),
    /** The loss became infinite or not a number. */
    DIVERGED("diverged"),
    /** The child ended without a result. */
    CRASHED("crashed"),
    /** A signal ended the child. */
    KILLED("killed"),
    /** The cell took longer than allowed. */
    TIMED_OUT("timed out"),
    /** Something the user gave turned out wrong only when it was used, such as a broken image. */
    WRONG_INPUT("wrong input"),
    /** A cloud did not answer. */
    UNREACHABLE("unreachable"),
    /** The method's jar could not be used. */
    PLUGIN("plugin"),
    /** The method, its data or the harness threw an exception. */
    ERROR("error");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /** Copies the log, and cuts the message: a child may have said anything. */
  public Failure {
    message = Bounded.cut(message, Bounded.LINE);
    log = List.copyOf(log);
  }
}
