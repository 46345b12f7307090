package org.peftbench.child;

/** What a child was to do did not come to its end; the message says why, in one line. */
public final class JobFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  JobFailedException(String message) {
    super(message);
  }
}
