package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.plan.Methods;
import org.peftbench.report.CellsReport;
import org.peftbench.report.Format;
import org.peftbench.report.Notes;
import org.peftbench.report.Report;
import org.peftbench.report.TaskOrder;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench report}. */
@Command(
    name = "report",
    description = "Make tables from a folder of records.",
    mixinStandardHelpOptions = true)
final class ReportCommand extends Printing implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      description = "folder of the records, as bench run --out wrote it")
  Path folder = Path.of("");

  @Mixin final FormatOption format = new FormatOption();

  @Option(names = "--cells", description = "one row a cell instead of tables; md, csv or json")
  boolean cells;

  @Option(names = "--accuracy-only", description = "leave the cost tables out")
  boolean accuracyOnly;

  @Option(names = "--strict", description = "refuse a folder with a file that cannot be read")
  boolean strict;

  @Option(
      names = "--charts",
      paramLabel = "DIR",
      description =
          "also draw accuracy against memory, time and parameters, and that of edge cells against"
              + " bytes, as SVG and PNG, into this folder")
  @Nullable Path charts;

  private final Methods methods;

  @Inject
  ReportCommand(Methods methods) {
    this.methods = methods;
  }

  @Override
  public Integer call() {
    Format wanted = format.tables();
    RecordFolder.Contents contents = RecordFolder.open(folder).contents();
    List<CellRecord> records = contents.records();
    int leftOut = contents.troubles().size();
    contents.troubles().forEach(trouble -> warn(trouble + "; left out"));
    if (records.isEmpty()) {
      throw new WrongInputException("there are no records in " + folder);
    }
    if (strict && leftOut > 0) {
      throw new WrongInputException(
          "%d of %d files in %s are no records, and with --strict all must be"
              .formatted(leftOut, leftOut + records.size(), folder));
    }
    Report report =
        Report.of(records, TaskOrder.known(), Notes.of(methods.descriptions())).without(leftOut);
    print(
        cells
            ? CellsReport.of(records).render(wanted)
            : (accuracyOnly ? report.accuracyOnly() : report).render(wanted));
    if (charts != null) {
      draw(report, charts);
    }
    return 0;
  }

  private void draw(Report report, Path into) {
    System.setProperty("java.awt.headless", "true");
    try {
      List<Path> drawn = report.draw(Files.createDirectories(into));
      if (drawn.isEmpty()) {
        err().println("there is nothing to draw: fewer than two methods succeeded in all cells");
      }
      drawn.forEach(file -> note(file + ".svg and .png"));
    } catch (IOException e) {
      throw new WrongInputException("--charts " + into + " cannot be written: " + e, e);
    }
  }
}
