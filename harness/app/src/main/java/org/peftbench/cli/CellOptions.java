package org.peftbench.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.report.Format;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that run many cells: how long each may take, and what is printed. */
final class CellOptions {

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "longest time for a cell, such as 90m or 6h (default: none)")
  @Nullable String timeout;

  @Mixin final FormatOption format = new FormatOption();

  @Option(names = "--dry-run", description = "print the plan and stop")
  boolean dryRun;

  /** The format of the tables. */
  Format tables() {
    return format.tables();
  }

  /** The longest that a cell may take. */
  Optional<Duration> limit() {
    return Optional.ofNullable(timeout).map(text -> Amounts.time("--timeout", text));
  }
}
