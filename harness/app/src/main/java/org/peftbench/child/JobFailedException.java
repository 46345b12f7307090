package org.peftbench.child;

import java.util.List;
import org.peftbench.result.Failure;

/** A child did not do what it was to do; the message says why, in one line. */
public final class JobFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  /** A failure. */
  public JobFailedException(Failure failure) {
    super(failure.reason() + ", " + failure.message());
    this.failure = failure;
  }

  /** The last line that the child wrote, behind a colon; empty if it wrote none. */
  public String lastWords() {
    List<String> log = failure.log();
    return log.isEmpty() ? "" : ": " + log.get(log.size() - 1);
  }

  /** Why, and the last lines that the child wrote. */
  public Failure failure() {
    return failure;
  }
}
