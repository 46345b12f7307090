package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.plan.AdapterPlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Judge what cells have trained before, from the files of bench run --save-adapters, on"
            + " their own task's test split or on another task's with as many classes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Leaves no record: a number for a table comes from bench run, which judges once."
    })
final class EvaluateCommand extends Printing implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "adapters, such as runs/adapters/lora__cifar100__seed0__0123456789ab.safetensors")
  List<Path> adapters = List.of();

  @Option(
      names = "--tasks",
      paramLabel = "LIST",
      description = "tasks to judge on (default: the one that it was trained on)")
  @Nullable String tasks;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/vtab-1k",
      description = "directory of the tasks, in VTAB-1K's layout (default: ${DEFAULT-VALUE})")
  Path data = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "the backbone's file, where it is not one of the registry")
  @Nullable String weights;

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "judge on the first N images only, for trying out")
  @Nullable Integer limitTest;

  @Mixin final ComputeOptions compute = new ComputeOptions();

  private final AdapterPlanner planner;

  @Inject
  EvaluateCommand(AdapterPlanner planner) {
    this.planner = planner;
  }

  private record Planned(Path adapter, Order.Judge order) {}

  @Override
  public Integer call() throws IOException, InterruptedException, JobFailedException {
    int engineThreads = compute.threads();
    if (limitTest != null && limitTest < 1) {
      throw new WrongInputException("--limit-test " + limitTest + " is not possible; at least 1");
    }
    Device device = compute.device();
    List<Planned> planned = new ArrayList<>();
    for (Path adapter : adapters) {
      AdapterPlanner.Request request =
          new AdapterPlanner.Request(
              adapter,
              Optional.ofNullable(tasks),
              data,
              Optional.ofNullable(weights),
              Optional.ofNullable(limitTest),
              device);
      planner.plan(request).forEach(order -> planned.add(new Planned(adapter, order)));
    }
    TextTable table =
        new TextTable().row("adapter", "precision", "method", "judged on", "images", "accuracy");
    try (ProgressDisplay display = ProgressDisplay.on(err())) {
      for (Planned each : planned) {
        Message.Judged found =
            Child.run(each.order(), engineThreads, Message.Judged.class, display.hearing("judge"));
        table.row(
            String.valueOf(each.adapter().getFileName()),
            each.order().network().cell().protocol().precision().toString(),
            each.order().network().cell().method().label(),
            each.order().network().cell().task(),
            Long.toString(found.images()),
            "%.2f".formatted(100.0 * found.correct() / found.images()));
      }
      display.clear();
    }
    print(table);
    return 0;
  }
}
