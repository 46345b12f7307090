package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.plan.Plan;
import org.peftbench.plan.Planner;
import org.peftbench.plan.Sharing;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.report.Noise;
import org.peftbench.result.CellRecord;
import org.peftbench.run.Lane;
import org.peftbench.run.Limits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench noise}. */
@Command(
    name = "noise",
    description =
        "Run one method as if it were two, and say the smallest difference in accuracy, time and"
            + " memory that this setup can see.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Two runs of --repeats seeds each. A gap between two methods that is smaller than",
      "'visible' is found in fewer than four of five experiments of this size",
      "(two-sided t test at 5 %%)."
    })
final class NoiseCommand extends Printing implements Callable<Integer> {

  @Option(
      names = "--method",
      required = true,
      paramLabel = "METHOD",
      description = "one method, such as lora[rank=8]")
  String method = "";

  @Mixin final RunOptions options = new RunOptions();

  @Mixin final BackboneUseOptions backbone = new BackboneUseOptions();

  @Mixin final ComputeOptions compute = new ComputeOptions();

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "seeds of each of the two runs, at least two (default: ${DEFAULT-VALUE})")
  int repeats;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "folder of the records (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  private final Planner planner;

  @Inject
  NoiseCommand(Planner planner) {
    this.planner = planner;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeats < 2) {
      throw new WrongInputException("--repeats " + repeats + " is not possible; at least 2");
    }
    if (method.equals("all") || TypedMethod.parseList(method).size() != 1) {
      throw new WrongInputException("--method " + method + " is not one method");
    }
    List<Long> seeds = LongStream.range(0, 2L * repeats).boxed().toList();
    Device device = compute.device();
    List<Lane> lanes = Lane.of(List.of(device), OptionalInt.of(compute.threads()));
    Plan plan =
        planner.plan(
            options.request(method, seeds, backbone.use(Limits.NONE, device.type()), device.type()),
            out.resolve("features"));
    List<CellRecord> ended = PlanRunner.run(plan, lanes, Sharing.NONE, out, Limits.NONE, err());
    int exit = PlanRunner.exitCode(ended);
    if (exit == 0) {
      say(ended);
    }
    return exit;
  }

  private void say(List<CellRecord> records) {
    // Even and odd seeds, so that a machine's drift meets both runs alike.
    List<Noise> noises =
        Noise.between(
            records.stream().filter(record -> record.cell().seed() % 2 == 0).toList(),
            records.stream().filter(record -> record.cell().seed() % 2 == 1).toList());
    TextTable table =
        new TextTable().row("task", "quantity", "run A", "run B", "difference", "sd", "visible");
    for (Noise noise : noises) {
      table.row(
          noise.task(),
          noise.quantity(),
          "%.2f".formatted(noise.first()),
          "%.2f".formatted(noise.second()),
          "%.2f".formatted(Math.abs(noise.first() - noise.second())),
          "%.2f".formatted(noise.deviation()),
          "%.2f".formatted(noise.visible()));
    }
    print(table);
    printf(
        "%n%s, twice with %d seeds each. A difference below 'visible' says nothing here.%n",
        method, repeats);
  }
}
