package org.peftbench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something the user gave is wrong: a name, a value, a file.
 *
 * <p>The message is one line that says what was given, where, and what would be right. It ends the
 * program with exit code 2 and is never followed by a stack trace. What was given is often quoted
 * in it: whatever that holds, the message stays one line that changes no terminal and has an end.
 */
public final class WrongInputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST = 2000;
  private static final int LAST = 500;

  /** Creates the exception with its one-line message. */
  public WrongInputException(String message) {
    super(plain(message));
  }

  /** Creates the exception from one that says in its own one line what is wrong with the input. */
  public WrongInputException(Exception refusal) {
    this(String.valueOf(refusal.getMessage()), refusal);
  }

  /** Creates the exception with its one-line message and what brought it about. */
  public WrongInputException(String message, @Nullable Throwable cause) {
    super(plain(message), cause);
  }

  /** Creates the exception that says the first of several messages, and how many more there are. */
  public static WrongInputException firstOf(List<String> messages) {
    int others = messages.size() - 1;
    return new WrongInputException(
        messages.get(0) + (others == 0 ? "" : " (and " + others + " more like it)"));
  }

  private WrongInputException(Throwable cause, String shown) {
    super(shown, cause);
  }

  /** Creates the exception with a message of any length, for what is in it is nowhere else. */
  public static WrongInputException whole(String message, Throwable cause) {
    return new WrongInputException(cause, Printable.line(message));
  }

  /** Without what a terminal would obey, and without the middle of what is too long. */
  private static String plain(String message) {
    int length = message.length();
    String all =
        length <= LONGEST
            ? message
            : message.substring(0, LONGEST - LAST) + "..." + message.substring(length - LAST);
    return Printable.line(all);
  }
}
