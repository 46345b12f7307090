package org.peftbench.run;

import java.time.Duration;
import java.util.Optional;

/**
 * What a cell may take.
 *
 * @param time the longest that it may run; empty for no limit
 * @param residentBytes the most that its process may hold; empty for no limit
 */
public record Limits(Optional<Duration> time, Optional<Long> residentBytes) {

  /** A cell may take what it takes. */
  public static final Limits NONE = new Limits(Optional.empty(), Optional.empty());
}
