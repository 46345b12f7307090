package org.peftbench.cli;

import org.jspecify.annotations.Nullable;
import org.peftbench.plan.WrongInputException;

/** The option {@code --threads}. */
final class Threads {

  private Threads() {}

  /** What was given, else one for each processor. */
  static int orAll(@Nullable Integer threads) {
    if (threads == null) {
      return Runtime.getRuntime().availableProcessors();
    }
    if (threads < 1) {
      throw new WrongInputException("--threads " + threads + " is not possible; at least 1");
    }
    return threads;
  }
}
