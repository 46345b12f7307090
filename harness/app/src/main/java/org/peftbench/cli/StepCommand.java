package org.peftbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.commons.statistics.descriptive.Median;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.result.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench step}. */
@Command(
    name = "step",
    description =
        "Time one training step of methods and its peak memory, on random images: no data or weights are needed.",
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
    Precision precision = options.precision(device);
    List<MethodFacts> bound = available.resolve(options.methods, backbone);
    available.close();
    TextTable table =
        new TextTable()
            .row("method", "ms a step (median)", "images/s", "resident before (MiB)", "peak (MiB)");
    for (MethodFacts method : bound) {
      Order.Step order =
          new Order.Step(
              method.choice(),
              options.backbone,
              backbone.imageSize(),
              batchSize,
              steps,
              warmup,
              precision,
              forward,
              available.jar(method.choice()),
              device);
      Message.Stepped result = Child.run(order, threads, Message.Stepped.class, message -> {});
      if (json) {
        printJson(result);
      } else {
        row(table, method, result);
      }
    }
    if (!json) {
      print(table);
    }
    return 0;
  }

  private void printJson(Message.Stepped result) throws JsonProcessingException {
    out().println(Json.MAPPER.writeValueAsString(result));
  }

  private void row(TextTable table, MethodFacts method, Message.Stepped result) {
    double median =
        Median.withDefaults()
            .evaluate(result.seconds().stream().mapToDouble(Double::doubleValue).toArray());
    table.row(
        method.choice().label(),
        "%.0f".formatted(1e3 * median),
        "%.1f".formatted(batchSize / median),
        Long.toString(result.residentBytes() >> 20),
        Long.toString(result.peakBytes() >> 20));
  }
}
