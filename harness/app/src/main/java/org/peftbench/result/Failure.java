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
    OUT_OF_MEMORY,
    /** The loss became infinite or not a number. */
    DIVERGED,
    /** The child ended without a result. */
    CRASHED,
    /** A signal ended the child. */
    KILLED,
    /** The cell took longer than allowed. */
    TIMED_OUT,
    /** The method, its data or the harness threw an exception. */
    ERROR
  }

  /** Copies the log. */
  public Failure {
    log = List.copyOf(log);
  }
}
