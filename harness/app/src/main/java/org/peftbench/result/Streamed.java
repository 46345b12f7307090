package org.peftbench.result;

import java.util.Optional;

/**
 * What a phase read of a weight file whose blocks are not kept in memory.
 *
 * @param bytes of values, as they lie in the file
 * @param storageBytes of them that a disk gave; the others were in the system's page cache. Empty
 *     where the system does not tell
 * @param waitedSeconds that blocks waited for their values, which are read while others run
 */
public record Streamed(long bytes, Optional<Long> storageBytes, double waitedSeconds) {

  /** Nothing yet, where the system tells what a disk gives. */
  public static final Streamed NOTHING = new Streamed(0, Optional.of(0L), 0);

  /** Checks that nothing is negative. */
  public Streamed {
    if (bytes < 0 || storageBytes.orElse(0L) < 0 || !(waitedSeconds >= 0)) {
      throw new IllegalArgumentException(
          "%d bytes, %s of storage, waited for %s s".formatted(bytes, storageBytes, waitedSeconds));
    }
  }

  /** Both together. */
  public Streamed plus(Streamed other) {
    return new Streamed(
        bytes + other.bytes,
        storageBytes.flatMap(mine -> other.storageBytes.map(its -> mine + its)),
        waitedSeconds + other.waitedSeconds);
  }
}
