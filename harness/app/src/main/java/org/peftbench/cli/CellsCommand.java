package org.peftbench.cli;

import java.io.IOException;
import java.util.List;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Plan;
import org.peftbench.plan.Planner;
import org.peftbench.plan.RunRequest;
import org.peftbench.plan.Sharing;
import org.peftbench.report.Format;
import org.peftbench.report.Notes;
import org.peftbench.report.Report;
import org.peftbench.report.TaskOrder;
import org.peftbench.result.CellRecord;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;
import picocli.CommandLine.Mixin;

/** A command that runs the cells that are wanted, wherever their features come from. */
abstract class CellsCommand extends Printing {

  @Mixin final WantedCells wanted = new WantedCells();

  @Mixin final RunOptions options = new RunOptions();

  @Mixin final LaneOptions compute = new LaneOptions();

  @Mixin final SharingOptions passes = new SharingOptions();

  @Mixin final CellOptions cells = new CellOptions();

  private final Planner planner;
  private final Methods available;

  CellsCommand(Planner planner, Methods available) {
    this.planner = planner;
    this.available = available;
  }

  /**
   * Plans cells, and shows the plan or runs what of it is not there yet and prints the tables.
   *
   * @return what the program exits with
   */
  final int run(RunRequest request, List<Lane> lanes, Sharing sharing, Limits limits, Format tables)
      throws IOException, InterruptedException {
    Plan plan = wanted.keeping(planner.plan(request, wanted.features()));
    if (cells.dryRun) {
      PlanPrinter.print(plan, lanes, sharing, wanted.out, err());
      return 0;
    }
    List<CellRecord> ended = PlanRunner.run(plan, lanes, sharing, wanted.out, limits, err());
    print(Report.of(ended, TaskOrder.known(), Notes.of(available.descriptions())).render(tables));
    return PlanRunner.exitCode(ended);
  }
}
