package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.peftbench.cell.DeviceType;
import org.peftbench.plan.Methods;
import org.peftbench.plan.Planner;
import org.peftbench.plan.Sharing;
import org.peftbench.report.Format;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;
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
final class RunCommand extends CellsCommand implements Callable<Integer> {

  @Mixin final BackboneUseOptions backbone = new BackboneUseOptions();

  @Mixin final LimitOptions limited = new LimitOptions();

  @Inject
  RunCommand(Planner planner, Methods available) {
    super(planner, available);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Format tables = cells.tables();
    Limits limits = limited.limits();
    Sharing sharing = passes.sharing(1);
    List<Lane> lanes = compute.lanes();
    DeviceType device = lanes.get(0).device().type();
    return run(
        options.request(wanted.methods, wanted.seeds, backbone.use(limits, device), device),
        lanes,
        sharing,
        limits,
        tables);
  }
}
