package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.measure.HostFacts;
import org.peftbench.plan.Split;
import org.peftbench.plan.WrongInputException;
import org.peftbench.plugin.MethodRegistry;
import org.peftbench.report.Format;
import org.peftbench.report.Report;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.FolderLock;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Status;
import org.peftbench.run.Benchmark;
import org.peftbench.run.Host;
import org.peftbench.run.Plan;
import org.peftbench.run.Planner;
import org.peftbench.run.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
final class RunCommand implements Callable<Integer> {

  @Option(
      names = "--methods",
      required = true,
      paramLabel = "LIST",
      description = "methods, such as last,lora[rank=8,scale=2], or all; see bench list methods")
  String methods = "";

  @Option(
      names = "--tasks",
      required = true,
      paramLabel = "LIST",
      description =
          "vtab, vtab.natural, vtab.specialized, vtab.structured, tasks, folders; see bench list"
              + " tasks")
  String tasks = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data/vtab-1k",
      description = "directory of the tasks, in VTAB-1K's layout (default: ${DEFAULT-VALUE})")
  Path data = Path.of("");

  @Option(
      names = "--backbone",
      paramLabel = "NAME",
      defaultValue = "vit-b16",
      description = "size and patch (default: ${DEFAULT-VALUE}); see bench list backbones")
  String backbone = "";

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "a .safetensors or .npz file, a registry name, or random (default: the registry's)")
  @Nullable String weights;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "side of the input; position embeddings are interpolated (default: 224)")
  @Nullable Integer imageSize;

  @Option(
      names = "--pool",
      paramLabel = "cls|mean",
      defaultValue = "cls",
      description = "how final tokens become a representation (default: ${DEFAULT-VALUE})")
  String pool = "";

  @Option(
      names = "--seeds",
      paramLabel = "N,N,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "0",
      description = "one cell each; same seed, same initialisation and batches (default: 0)")
  List<Long> seeds = List.of();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "standard",
      description = "defaults of the options below; see bench list profiles")
  String profile = "";

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

  @Option(
      names = "--interpolation",
      paramLabel = "bicubic|bilinear",
      description = "of the square resize")
  @Nullable String interpolation;

  @Option(
      names = "--normalize",
      paramLabel = "imagenet|inception|none",
      description =
          "of the pixels (default: the profile's, else what the weights were trained with)")
  @Nullable String normalize;

  @Option(
      names = "--features",
      paramLabel = "live|cached|cached-float16|auto",
      defaultValue = "auto",
      description =
          "where a side method's taps come from: the backbone at each step, or a cache filled once;"
              + " auto caches taps that are smaller than the image (default: ${DEFAULT-VALUE})")
  String features = "";

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

  @Option(
      names = "--device",
      paramLabel = "auto|cpu|cuda:N",
      defaultValue = "auto",
      description = "where to compute (default: ${DEFAULT-VALUE})")
  String device = "";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "engine threads (default: all processors)")
  @Nullable Integer threads;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "longest time for a cell, such as 90m or 6h (default: none)")
  @Nullable String timeout;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "runs",
      description = "folder of the records (default: ${DEFAULT-VALUE})")
  Path out = Path.of("");

  @Option(
      names = "--format",
      paramLabel = "md|csv|latex|json|html",
      defaultValue = "md",
      description = "of the tables (default: ${DEFAULT-VALUE})")
  String format = "";

  @Option(names = "--dry-run", description = "print the plan and stop")
  boolean dryRun;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before call()
  CommandSpec spec;

  private final Planner planner;
  private final MethodRegistry registry;

  @Inject
  RunCommand(Planner planner, MethodRegistry registry) {
    this.planner = planner;
    this.registry = registry;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Format tables = Format.named(format);
    Optional<Duration> limit = Optional.ofNullable(timeout).map(RunCommand::duration);
    int engineThreads = threads();
    Plan plan = planner.plan(request(), out.resolve("features"));
    if (dryRun) {
      PlanPrinter.print(plan, out, spec.commandLine().getErr());
      return 0;
    }
    RecordFolder records = RecordFolder.create(out);
    FolderLock lock = records.lock();
    try {
      PlanPrinter.print(plan, out, spec.commandLine().getErr());
      Host host = new Host(HostFacts.read(), Version.number(), Version.commit(), engineThreads);
      List<CellRecord> ended;
      try (ProgressDisplay display = ProgressDisplay.on(spec.commandLine().getErr())) {
        ended = new Benchmark(records, host, limit, display).run(plan);
      }
      spec.commandLine()
          .getOut()
          .print(Report.of(ended, Tasks.order(), Notes.of(registry)).render(tables));
      spec.commandLine().getOut().flush();
      return exitCode(ended);
    } finally {
      lock.close();
    }
  }

  private static int exitCode(List<CellRecord> records) {
    if (records.stream()
        .flatMap(record -> record.failure().stream())
        .anyMatch(failure -> failure.reason() == Failure.Reason.WRONG_INPUT)) {
      return Bench.WRONG_INPUT;
    }
    return records.stream().allMatch(record -> record.status() == Status.SUCCEEDED)
        ? 0
        : Bench.FAILED;
  }

  private RunRequest request() {
    return new RunRequest(
        methods,
        tasks,
        data,
        backbone,
        Optional.ofNullable(weights),
        pool,
        optional(imageSize),
        seeds.stream().distinct().toList(),
        profile,
        optional(epochs),
        optional(warmupEpochs),
        optional(batchSize),
        lr == null ? OptionalDouble.empty() : OptionalDouble.of(lr),
        weightDecay == null ? OptionalDouble.empty() : OptionalDouble.of(weightDecay),
        Optional.ofNullable(interpolation),
        Optional.ofNullable(normalize),
        features,
        split(),
        optional(limitTest),
        device);
  }

  private Split split() {
    for (Split split : Split.values()) {
      if (split.toString().equals(evaluate)) {
        return split;
      }
    }
    throw new WrongInputException("--evaluate " + evaluate + " is not known; known: test, val");
  }

  private int threads() {
    int processors = Runtime.getRuntime().availableProcessors();
    if (threads == null) {
      return processors;
    }
    if (threads < 1) {
      throw new WrongInputException("--threads " + threads + " is not possible; at least 1");
    }
    return threads;
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  private static Duration duration(String text) {
    try {
      Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Said below, with what would be right.
    }
    throw new WrongInputException(
        "--timeout " + text + " is not a duration; write, for example, 45s, 90m or 6h30m");
  }
}
