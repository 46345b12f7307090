package org.peftbench.child;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a child may take, and how long it may be silent while it is waited for.
 *
 * @param limit from its start to its end; empty for no limit
 * @param silence empty for no limit
 */
record Patience(Optional<Duration> limit, Optional<Duration> silence) {

  /** Whether there is anything to watch. */
  boolean ends() {
    return limit.isPresent() || silence.isPresent();
  }

  /**
   * Why the child is to be stopped, if it is.
   *
   * @param nanos since its start
   * @param silentNanos since it was last asked; 0 if it has been heard
   */
  Optional<String> over(long nanos, long silentNanos) {
    if (limit.isPresent() && nanos > limit.get().toNanos()) {
      return Optional.of("by the time limit");
    }
    return silence
        .filter(most -> silentNanos > most.toNanos())
        .map(most -> "after " + words(most) + " without a word");
  }

  private static String words(Duration time) {
    return time.toMinutes() > 0 ? time.toMinutes() + " minutes" : time.toSeconds() + " s";
  }
}
