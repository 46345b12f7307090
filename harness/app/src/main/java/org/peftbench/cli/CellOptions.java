package org.peftbench.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
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
    return Optional.ofNullable(timeout).map(text -> duration("--timeout", text));
  }

  /**
   * Reads a duration.
   *
   * @param option that it was given with
   * @throws WrongInputException if it is none
   */
  static Duration duration(String option, String text) {
    try {
      Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Said below, with what would be right.
    }
    throw new WrongInputException(
        option + " " + text + " is not a duration; write, for example, 45s, 90m or 6h30m");
  }
}
