package org.peftbench.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.peftbench.plan.WrongInputException;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.report.CellsReport;
import org.peftbench.report.Format;
import org.peftbench.report.Report;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench report}. */
@Command(
    name = "report",
    description = "Make tables from a folder of records.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      description = "folder of the records, as bench run --out wrote it")
  Path folder = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "md|csv|latex|json|html",
      defaultValue = "md",
      description = "of the tables (default: ${DEFAULT-VALUE})")
  String format = "";

  @Option(names = "--cells", description = "one row a cell instead of tables; md, csv or json")
  boolean cells;

  @Option(names = "--accuracy-only", description = "leave the cost tables out")
  boolean accuracyOnly;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  CommandSpec spec;

  private final MethodRegistry registry;

  @Inject
  ReportCommand(MethodRegistry registry) {
    this.registry = registry;
  }

  @Override
  public Integer call() {
    Format wanted = Format.named(format);
    List<CellRecord> records = RecordFolder.open(folder).readAll();
    if (records.isEmpty()) {
      throw new WrongInputException("there are no records in " + folder);
    }
    spec.commandLine()
        .getOut()
        .print(cells ? CellsReport.of(records).render(wanted) : tables(records, wanted));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private String tables(List<CellRecord> records, Format wanted) {
    Report report = Report.of(records, Tasks.order(), Notes.of(registry));
    return (accuracyOnly ? report.accuracyOnly() : report).render(wanted);
  }
}
