package org.peftbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Order;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.result.Json;
import org.peftbench.run.StepCost;
import org.peftbench.run.StepProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench step}. */
@Command(
    name = "step",
    description =
        "Time one training step of methods and its peak memory, on random images: no data or"
            + " weights are needed. --precision takes a list here, such as float32,mixed.",
    mixinStandardHelpOptions = true)
final class StepCommand extends Printing implements Callable<Integer> {

  @Mixin final StepOptions options = new StepOptions();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "32",
      description = "images a step (default: ${DEFAULT-VALUE})")
  int batchSize;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "5",
      description = "counted steps (default: ${DEFAULT-VALUE})")
  int steps;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "2",
      description = "steps before them (default: ${DEFAULT-VALUE})")
  int warmup;

  @Option(names = "--forward", description = "run the adapted model without gradients instead")
  boolean forward;

  @Option(
      names = "--parallel",
      paramLabel = "P,P,...",
      hideParamSyntax = true,
      split = ",",
      description =
          "learners on one run of the backbone, such as 1,4,16: what P side networks take beside P"
              + " steps of one alone")
  @Nullable List<Integer> parallel;

  @Mixin final ComputeOptions compute = new ComputeOptions();

  @Option(names = "--json", description = "one JSON object a method, with every step's seconds")
  boolean json;

  private final Methods available;

  @Inject
  StepCommand(Methods available) {
    this.available = available;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, JobFailedException {
    ViTConfig backbone = options.backbone(batchSize);
    if (batchSize < 1 || steps < 1 || warmup < 0) {
      throw new WrongInputException("--batch-size and --steps are at least 1, --warmup at least 0");
    }
    int threads = compute.threads();
    Device device = compute.device();
    List<Precision> precisions = options.precisions(device);
    List<MethodFacts> bound = available.resolve(options.methods, backbone);
    available.close();
    GpuMeters meters = GpuMeters.atOnce(Nvml.LIBRARY);
    List<TakenStep> taken = new ArrayList<>();
    for (Order.Step order : orders(bound, precisions, backbone, device)) {
      StepCost cost = StepProcess.run(order, threads, meters);
      cost.taints().forEach(taint -> note(order.method().label() + ": " + taint));
      if (json) {
        printJson(cost);
      } else {
        taken.add(new TakenStep(order, cost));
      }
    }
    if (!json) {
      print(parallel == null ? StepTables.each(taken, device) : StepTables.curves(taken, device));
    }
    return 0;
  }

  private List<Order.Step> orders(
      List<MethodFacts> methods, List<Precision> precisions, ViTConfig backbone, Device device) {
    List<Order.Step> orders = new ArrayList<>();
    List<Integer> learners = learners(methods);
    for (MethodFacts method : methods) {
      for (Precision precision : precisions) {
        for (int count : learners) {
          orders.add(
              new Order.Step(
                  method.choice(),
                  backbone,
                  batchSize,
                  steps,
                  warmup,
                  precision,
                  forward,
                  count,
                  available.jar(method.choice()),
                  device));
        }
      }
    }
    return orders;
  }

  /** How many learners each step has, in turn. */
  private List<Integer> learners(List<MethodFacts> methods) {
    if (parallel == null) {
      return List.of(1);
    }
    if (parallel.isEmpty() || parallel.stream().anyMatch(count -> count < 1)) {
      throw new WrongInputException(
          "--parallel %s is not possible; expected numbers of at least 1, such as 1,4,16"
              .formatted(String.join(",", parallel.stream().map(String::valueOf).toList())));
    }
    methods.stream()
        .filter(method -> method.taps().isEmpty())
        .findFirst()
        .ifPresent(
            method -> {
              throw new WrongInputException(
                  "--parallel: '%s' changes its backbone and shares it with none; only side methods can"
                      .formatted(method.choice().label()));
            });
    return parallel.stream().distinct().sorted().toList();
  }

  private void printJson(StepCost result) throws JsonProcessingException {
    out().println(Json.MAPPER.writeValueAsString(result));
  }
}
