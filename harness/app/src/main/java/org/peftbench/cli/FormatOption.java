package org.peftbench.cli;

import java.util.List;
import org.peftbench.report.Format;
import picocli.CommandLine.Option;

/** The format of what is printed. */
final class FormatOption {

  @Option(
      names = "--format",
      paramLabel = "md|csv|latex|json|html",
      defaultValue = "md",
      description = "of the tables (default: ${DEFAULT-VALUE})")
  String word = "";

  /** The format of the tables. */
  Format tables() {
    return Words.named("--format", word, List.of(Format.values()));
  }
}
