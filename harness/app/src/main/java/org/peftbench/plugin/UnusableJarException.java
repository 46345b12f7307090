package org.peftbench.plugin;

/** A jar of methods is not one, does not fit this version, or its code misbehaves. */
public final class UnusableJarException extends Exception {

  private static final long serialVersionUID = 1;

  /** With one line that names the jar and says what is wrong. */
  public UnusableJarException(String message) {
    super(message);
  }

  /** With one line and a cause. */
  public UnusableJarException(String message, Throwable cause) {
    super(message, cause);
  }
}
