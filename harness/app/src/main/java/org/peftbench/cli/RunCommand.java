package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Plan;
import org.peftbench.plan.Planner;
import org.peftbench.plan.Sharing;
import org.peftbench.report.Format;
import org.peftbench.report.Notes;
import org.peftbench.report.Report;
import org.peftbench.report.TaskOrder;
import org.peftbench.result.CellRecord;
import org.peftbench.run.Lane;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code bench run}. */
@Command(
    name = "run",
    description =
        "Train and judge methods on tasks; prints the tables of the cells that were asked for.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A cell is one method on one task with one seed. Each runs in a process of its",
      "own and leaves one record in --out. A cell whose record says 'succeeded' is not",
      "run again, so that a run that was stopped goes on where it was.",
      "Training uses train800val200, judging the test split, once, after the last",
      "step; with --evaluate val it is train800 and val200."
    })
final class RunCommand extends Printing implements Callable<Integer> {

  @Mixin final WantedCells wanted = new WantedCells();

  @Mixin final RunOptions options = new RunOptions();

  @Mixin final FeaturesOption source = new FeaturesOption();

  @Mixin final LaneOptions compute = new LaneOptions();

  @Mixin final SharingOptions passes = new SharingOptions();

  @Mixin final CellOptions cells = new CellOptions();

  private final Planner planner;
  private final Methods available;

  @Inject
  RunCommand(Planner planner, Methods available) {
    this.planner = planner;
    this.available = available;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Format tables = cells.tables();
    Optional<Duration> limit = cells.limit();
    Sharing sharing = passes.sharing(1);
    List<Lane> lanes = compute.lanes();
    Plan plan =
        wanted.keeping(
            planner.plan(
                options.request(
                    wanted.methods, wanted.seeds, source.given(), lanes.get(0).device().type()),
                wanted.features()));
    if (cells.dryRun) {
      PlanPrinter.print(plan, lanes, sharing, wanted.out, err());
      return 0;
    }
    List<CellRecord> ended = PlanRunner.run(plan, lanes, sharing, wanted.out, limit, err());
    print(Report.of(ended, TaskOrder.known(), Notes.of(available.descriptions())).render(tables));
    return PlanRunner.exitCode(ended);
  }
}
