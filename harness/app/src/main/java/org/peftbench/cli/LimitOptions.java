package org.peftbench.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.run.Limits;
import picocli.CommandLine.Option;

/** How long a cell may take, and how much memory. */
final class LimitOptions {

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "longest time for a cell, such as 90m or 6h (default: none)")
  @Nullable String timeout;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "most memory of a cell's process, such as 16GiB; one that needs more fails (default: what"
              + " the machine has)")
  @Nullable String memory;

  /** What a cell may take. */
  Limits limits() {
    return new Limits(
        Optional.ofNullable(timeout).map(text -> Amounts.time("--timeout", text)),
        Optional.ofNullable(memory).map(text -> Amounts.bytes("--memory", text)));
  }
}
