package org.peftbench.cli;

import java.nio.file.Path;
import java.util.List;
import org.peftbench.plan.Plan;
import picocli.CommandLine.Option;

/** Which cells are wanted, and where what comes of them goes. */
final class WantedCells {

  @Option(
      names = "--methods",
      required = true,
      paramLabel = "LIST",
      description = "methods, such as last,lora[rank=8,scale=2], or all; see bench list methods")
  String methods = "";

  @Option(
      names = "--seeds",
      paramLabel = "N,N,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "0",
      description = "one cell each; same seed, same initialisation and batches (default: 0)")
  List<Long> seeds = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "folder of the records (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Option(
      names = "--save-adapters",
      description =
          "keep what each cell trains, head included, in OUT/adapters, a safetensors file a cell;"
              + " see bench evaluate")
  boolean saveAdapters;

  /** Where features are kept. */
  Path features() {
    return out.resolve("features");
  }

  /** A plan with what is to be kept of each cell. */
  Plan keeping(Plan plan) {
    return saveAdapters ? plan.keepingAdapters(out.resolve("adapters")) : plan;
  }
}
