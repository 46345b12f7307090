package org.peftbench;

import org.jspecify.annotations.Nullable;

/**
 * Something the user gave is wrong: a name, a value, a file.
 *
 * <p>The message is one line that says what was given, where, and what would be right. It ends the
 * program with exit code 2 and is never followed by a stack trace.
 */
public final class WrongInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception with its one-line message. */
  public WrongInputException(String message) {
    super(message);
  }

  /** Creates the exception from one that says in its own one line what is wrong with the input. */
  public WrongInputException(Exception refusal) {
    this(String.valueOf(refusal.getMessage()), refusal);
  }

  /** Creates the exception with its one-line message and what brought it about. */
  public WrongInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
