package org.peftbench.edge;

import java.util.Optional;
import org.peftbench.result.EdgeUse;

/** What went over the link so far; each component is {@link EdgeUse.Traffic}'s. */
record Moved(
    long sentImages,
    long upBytes,
    long downBytes,
    Optional<Long> wireUpBytes,
    Optional<Long> wireDownBytes,
    double seconds,
    long requests,
    long reconnects,
    long againBytes) {

  static final Moved NOTHING = new Moved(0, 0, 0, Optional.of(0L), Optional.of(0L), 0, 0, 0, 0);

  Moved plus(Moved more) {
    return with(more, 1);
  }

  Moved minus(Moved before) {
    return with(before, -1);
  }

  private Moved with(Moved other, int sign) {
    return new Moved(
        sentImages + sign * other.sentImages,
        upBytes + sign * other.upBytes,
        downBytes + sign * other.downBytes,
        with(wireUpBytes, other.wireUpBytes, sign),
        with(wireDownBytes, other.wireDownBytes, sign),
        Math.max(0, seconds + sign * other.seconds),
        requests + sign * other.requests,
        reconnects + sign * other.reconnects,
        againBytes + sign * other.againBytes);
  }

  /** A part that is not known makes the whole unknown. */
  private static Optional<Long> with(Optional<Long> one, Optional<Long> other, int sign) {
    return one.flatMap(bytes -> other.map(more -> bytes + sign * more));
  }
}
