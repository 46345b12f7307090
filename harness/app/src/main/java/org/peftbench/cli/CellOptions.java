package org.peftbench.cli;

import org.peftbench.report.Format;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that run many cells: whether, and what is printed. */
final class CellOptions {

  @Mixin final FormatOption format = new FormatOption();

  @Option(names = "--dry-run", description = "print the plan and stop")
  boolean dryRun;

  /** The format of the tables. */
  Format tables() {
    return format.tables();
  }
}
