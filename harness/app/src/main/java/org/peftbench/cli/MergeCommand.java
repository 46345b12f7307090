package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.child.Child;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Message;
import org.peftbench.link.Order;
import org.peftbench.plan.AdapterPlanner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench merge}. */
@Command(
    name = "merge",
    description =
        "Fold what a cell has trained into its backbone, and write a plain one in timm's layout,"
            + " head included.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "For methods whose effect a plain backbone can have, such as lora, bitfit, full and",
      "linear. Nothing is written unless logits stay what they were."
    })
final class MergeCommand extends Printing implements Callable<Integer> {

  @Parameters(paramLabel = "ADAPTER", description = "a file of bench run --save-adapters")
  Path adapter = Path.of("");

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE",
      description = "the safetensors file to write")
  Path out = Path.of("");

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "the backbone's file, where it is not one of the registry")
  @Nullable String weights;

  private final AdapterPlanner planner;

  @Inject
  MergeCommand(AdapterPlanner planner) {
    this.planner = planner;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, JobFailedException {
    if (Files.exists(out)) {
      throw new WrongInputException(out + " is there already; remove it, or name another file");
    }
    Order.Merge order =
        new Order.Merge(
            planner.network(adapter, Optional.ofNullable(weights)),
            adapter.toAbsolutePath().toString(),
            out.toAbsolutePath().toString());
    Message.Merged merged =
        Child.run(
            order, Runtime.getRuntime().availableProcessors(), Message.Merged.class, message -> {});
    printf(
        "%s: %d tensors; logits differ by at most %.1e%n",
        out, merged.tensors(), merged.difference());
    return 0;
  }
}
