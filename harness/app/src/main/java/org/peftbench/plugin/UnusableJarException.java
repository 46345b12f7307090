package org.peftbench.plugin;

import org.peftbench.Printable;

/** Says that a jar holds no methods, does not fit this version, or that its code misbehaves. */
public final class UnusableJarException extends Exception {

  private static final long serialVersionUID = 1;

  /** Creates the exception with one line that names the jar and says what is wrong. */
  public UnusableJarException(String message) {
    super(Printable.line(message));
  }

  /** Creates the exception with its one-line message and what brought it about. */
  public UnusableJarException(String message, Throwable cause) {
    super(Printable.line(message), cause);
  }
}
