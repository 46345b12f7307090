package org.peftbench.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Split;
import org.peftbench.plan.RunRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that runs cells: tasks, backbone and protocol. */
final class RunOptions {

  @Option(
      names = "--tasks",
      required = true,
      paramLabel = "LIST",
      description =
          "pocket (rendered, nothing to download), vtab, vtab.natural, vtab.specialized,"
              + " vtab.structured, tasks, folders; see bench list tasks")
  String tasks = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/vtab-1k",
      description = "directory of the tasks, in VTAB-1K's layout (default: ${DEFAULT-VALUE})")
  Path data = Path.of("");

  @Mixin final NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "defaults of the options below (default: pocket for tasks of pocket, else standard); see"
              + " bench list profiles")
  @Nullable String profile;

  @Option(names = "--epochs", paramLabel = "N", description = "passes over the training images")
  @Nullable Integer epochs;

  @Option(
      names = "--warmup-epochs",
      paramLabel = "N",
      description = "epochs of linear warm-up (default: the profile's share of the epochs)")
  @Nullable Integer warmupEpochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "images a step")
  @Nullable Integer batchSize;

  @Option(names = "--lr", paramLabel = "X", description = "peak learning rate of AdamW")
  @Nullable Double lr;

  @Option(names = "--weight-decay", paramLabel = "X", description = "decoupled weight decay")
  @Nullable Double weightDecay;

  @Mixin final PrecisionOption precision = new PrecisionOption();

  @Option(
      names = "--evaluate",
      paramLabel = "test|val",
      defaultValue = "test",
      description = "split to judge on; val leaves the test split shut (default: ${DEFAULT-VALUE})")
  String evaluate = "";

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "judge on the first N images only, for trying out; every table says so")
  @Nullable Integer limitTest;

  /**
   * The request that these options make up.
   *
   * @param use how often a frozen backbone runs, and where it lies
   * @param device what to compute on
   */
  RunRequest request(String methods, List<Long> seeds, RunRequest.Use use, DeviceType device) {
    return new RunRequest(
        new RunRequest.Selection(methods, tasks, data, seeds.stream().distinct().toList()),
        network.network(),
        new RunRequest.Overrides(
            Optional.ofNullable(profile),
            Optional.ofNullable(epochs),
            Optional.ofNullable(warmupEpochs),
            Optional.ofNullable(batchSize),
            Optional.ofNullable(lr),
            Optional.ofNullable(weightDecay),
            precision.given(),
            network.interpolation(),
            network.normalization()),
        use,
        new RunRequest.Judging(split(), Optional.ofNullable(limitTest)),
        device);
  }

  private Split split() {
    return Words.named("--evaluate", evaluate, List.of(Split.TEST, Split.VAL));
  }
}
