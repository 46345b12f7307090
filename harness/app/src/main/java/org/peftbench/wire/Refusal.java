package org.peftbench.wire;

import java.util.Optional;

/**
 * Why a request was refused, the body of every answer from 400 on.
 *
 * @param error in words, one line
 * @param given what was found; empty if words say it
 * @param expected what would have been right; empty if words say it
 */
public record Refusal(String error, Optional<String> given, Optional<String> expected) {

  /** Another version of the protocol, or another backbone. */
  public static final int DIFFERS = 409;

  /** What is named is not known, or not any more. */
  public static final int UNKNOWN = 404;

  /** More than a limit. */
  public static final int TOO_LARGE = 413;

  /** Neither token nor certificate is known. */
  public static final int STRANGER = 401;

  /** Too much at once; {@code Retry-After} says when. */
  public static final int BUSY = 429;

  /** The cache is full, or its disk. */
  public static final int NO_ROOM = 507;

  /** A refusal that words alone explain. */
  public static Refusal of(String error) {
    return new Refusal(error, Optional.empty(), Optional.empty());
  }

  /** One line. */
  @Override
  public String toString() {
    return error
        + given.map(found -> ": found " + found).orElse("")
        + expected.map(right -> ", expected " + right).orElse("");
  }
}
