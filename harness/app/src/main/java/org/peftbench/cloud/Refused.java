package org.peftbench.cloud;

import java.util.Optional;
import java.util.OptionalInt;
import org.peftbench.wire.Refusal;

/** A request is refused. */
final class Refused extends Exception {

  private static final long serialVersionUID = 1L;

  static final int MALFORMED = 400;
  static final int NOT_ALLOWED = 405;
  static final int NO_LENGTH = 411;
  static final int NOT_AN_IMAGE = 415;
  static final int NOT_COMPUTED = 422;
  static final int BROKEN = 500;

  private final int status;
  private final transient Refusal refusal;
  private final OptionalInt retrySeconds;

  private Refused(int status, Refusal refusal, OptionalInt retrySeconds) {
    super(refusal.toString());
    this.status = status;
    this.refusal = refusal;
    this.retrySeconds = retrySeconds;
  }

  static Refused because(int status, String error) {
    return new Refused(status, Refusal.of(error), OptionalInt.empty());
  }

  static Refused differs(int status, String error, Object given, Object expected) {
    return new Refused(
        status,
        new Refusal(
            error, Optional.of(String.valueOf(given)), Optional.of(String.valueOf(expected))),
        OptionalInt.empty());
  }

  static Refused busy(String error, int retrySeconds) {
    return new Refused(Refusal.BUSY, Refusal.of(error), OptionalInt.of(retrySeconds));
  }

  static Refused unknown(String what) {
    return because(Refusal.UNKNOWN, what);
  }

  int status() {
    return status;
  }

  Refusal refusal() {
    return refusal;
  }

  OptionalInt retrySeconds() {
    return retrySeconds;
  }
}
