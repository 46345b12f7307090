package org.peftbench.edge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A cloud did not answer, however often it was asked. */
public final class UnreachableException extends CloudException {

  private static final long serialVersionUID = 1L;

  private UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Says since when.
   *
   * @param since the first failure after what succeeded last
   * @param tries since then
   * @param why the last one failed
   */
  static UnreachableException of(String url, Instant since, int tries, Exception why) {
    return new UnreachableException(
        "the cloud %s is unreachable since %s (%d tries; %s)"
            .formatted(url, since.truncatedTo(ChronoUnit.SECONDS), tries, Words.of(why)),
        why);
  }

  /** The same with how far it was. */
  UnreachableException having(long maps, long of) {
    return new UnreachableException(
        "%s; got %,d of %,d maps, which are kept".formatted(getMessage(), maps, of), this);
  }
}
