package org.peftbench.edge;

/** Features could not be got from a cloud; the message says why, in one line. */
public class CloudException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CloudException(String message) {
    super(message);
  }

  CloudException(String message, Throwable cause) {
    super(message, cause);
  }
}
