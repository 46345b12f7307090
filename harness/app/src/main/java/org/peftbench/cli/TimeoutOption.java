package org.peftbench.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.run.Limits;
import picocli.CommandLine.Option;

/** How long a cell may take. */
final class TimeoutOption {

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "longest time for a cell, such as 90m or 6h (default: none)")
  @Nullable String timeout;

  /** What a cell may take. */
  Limits limits() {
    return new Limits(
        Optional.ofNullable(timeout).map(text -> Amounts.time("--timeout", text)),
        Optional.empty());
  }
}
