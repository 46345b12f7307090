package org.peftbench.edge;

import java.net.ConnectException;
import org.peftbench.Printable;

/** What went wrong, in words that fit into a line. */
final class Words {

  private static final int MOST = 300;

  private Words() {}

  /** Network exceptions often have no message, and then their names say it. */
  static String of(Throwable thrown) {
    String message = thrown.getMessage();
    if (message != null && !message.isBlank()) {
      return printable(message);
    }
    return thrown instanceof ConnectException
        ? "nobody listens there"
        : thrown.getClass().getSimpleName().replaceAll("Exception$", "");
  }

  /** The beginning of what somebody else said. */
  static String printable(String said) {
    return Printable.line(said.strip(), MOST);
  }
}
