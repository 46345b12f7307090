package org.peftbench.cli;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Device;
import org.peftbench.child.JobFailedException;
import org.peftbench.link.Order;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.MemoryLine;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.Methods;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.report.Unit;
import org.peftbench.run.StepCost;
import org.peftbench.run.StepProcess;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench fit}. */
@Command(
    name = "fit",
    description =
        "Measure the peak memory of a training step at growing batch sizes, and say which batch"
            + " would fit into how much memory. Random images: no data or weights are needed.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Each number is a process of its own. What fits is worked out from the two largest",
      "batches, between and beyond which memory is taken to grow in proportion."
    })
final class FitCommand extends Printing implements Callable<Integer> {

  private static final long GIGABYTE = 1_000_000_000L;
  private static final String UNKNOWN = "n/a";
  private static final int STEPS = 2;

  /** The first step makes the optimiser's state: the peak is that of a later one. */
  private static final int WARMUP = 1;

  @Mixin final StepOptions options = new StepOptions();

  @Option(
      names = "--batch-sizes",
      paramLabel = "N,N,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "2,8,32",
      description = "to measure, at least two (default: ${DEFAULT-VALUE})")
  List<Integer> batchSizes = List.of();

  @Option(
      names = "--memory",
      paramLabel = "GB,GB,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "8,12,16,24,80",
      description = "of cards or machines, in 10^9 bytes (default: ${DEFAULT-VALUE})")
  List<Integer> memory = List.of();

  @Option(
      names = "--limit",
      paramLabel = "SIZE",
      description =
          "instead, say which batch of each method fits into so much memory, such as 16GiB, with the"
              + " backbone in memory and streamed; for backbones of any depth, of which the first"
              + " blocks are measured")
  @Nullable String limit;

  @Mixin final ComputeOptions compute = new ComputeOptions();

  private final Methods available;

  @Inject
  FitCommand(Methods available) {
    this.available = available;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, JobFailedException {
    List<Integer> sizes = batchSizes.stream().distinct().sorted().toList();
    ViTConfig backbone = options.backbone(sizes.isEmpty() ? 0 : sizes.get(sizes.size() - 1));
    if (sizes.size() < 2 || sizes.get(0) < 1 || memory.stream().anyMatch(gb -> gb < 1)) {
      throw new WrongInputException(
          "--batch-sizes needs at least two sizes of at least 1, --memory sizes of at least 1");
    }
    Optional<Long> most = Optional.ofNullable(limit).map(text -> Amounts.bytes("--limit", text));
    if (most.isPresent() && backbone.depth() < LimitTable.DEPTHS.get(1)) {
      throw new WrongInputException(
          "--limit works out what deep backbones take from their first blocks; %s has %d"
              .formatted(options.backbone, backbone.depth()));
    }
    Device device = compute.device();
    Precision precision = options.precision(device);
    List<MethodFacts> bound = available.resolve(options.methods, backbone);
    List<List<MethodFacts>> shallow = new ArrayList<>();
    if (most.isPresent()) {
      for (int depth : LimitTable.DEPTHS) {
        shallow.add(available.resolve(options.methods, backbone.withDepth(depth)));
      }
    }
    available.close();
    GpuMeters meters = GpuMeters.atOnce(Nvml.LIBRARY);
    Trial trial =
        (method, sizesOf, batch) -> peak(method, sizesOf, batch, precision, device, meters);
    if (most.isPresent()) {
      print(LimitTable.of(bound, shallow, backbone, precision, device, most.get(), trial));
    } else {
      TextTable table = new TextTable().row(header(sizes));
      for (MethodFacts method : bound) {
        List<Optional<Long>> peaks = new ArrayList<>();
        for (int size : sizes) {
          peaks.add(trial.peak(method, backbone, size));
        }
        table.row(row(method.choice().label(), sizes, peaks));
      }
      print(table);
    }
    printf(
        "%nPeak %s in a training step, %s at %d pixels, device %s, precision %s. %s%n",
        device.isGpu()
            ? "memory of the process on the GPU by NVML (CUDA's context, and all that PyTorch's"
                + " allocator reserved)"
            : "resident set of the process",
        options.backbone,
        backbone.imageSize(),
        device,
        precision,
        most.isPresent() ? LimitTable.NOTE : "Largest batches are extrapolated.");
    return 0;
  }

  /** Measures the peak memory of a training step. */
  @FunctionalInterface
  interface Trial {
    /** Empty if it is not known. */
    Optional<Long> peak(MethodFacts method, ViTConfig backbone, int batch)
        throws IOException, InterruptedException, JobFailedException;
  }

  private Optional<Long> peak(
      MethodFacts method,
      ViTConfig backbone,
      int batch,
      Precision precision,
      Device device,
      GpuMeters meters)
      throws IOException, InterruptedException, JobFailedException {
    err().printf("%s, %d blocks, batch of %d%n", method.choice().label(), backbone.depth(), batch);
    Order.Step order =
        new Order.Step(
            method.choice(),
            backbone,
            batch,
            STEPS,
            WARMUP,
            precision,
            false,
            1,
            available.jar(method.choice()),
            device);
    return peak(StepProcess.run(order, compute.threads(), meters), device);
  }

  /** Where the training is: from the host's memory nothing follows for a card. */
  private Optional<Long> peak(StepCost cost, Device device) {
    cost.taints().forEach(taint -> note(taint));
    return device.isGpu() ? cost.gpuPeakBytes() : Optional.of(cost.peakBytes());
  }

  private String[] header(List<Integer> sizes) {
    List<String> header = new ArrayList<>(List.of("method"));
    sizes.forEach(size -> header.add("batch " + size + " (MiB)"));
    header.addAll(List.of("fixed (MiB)", "an image (MiB)"));
    memory.forEach(gigabytes -> header.add("in " + gigabytes + " GB"));
    return header.toArray(String[]::new);
  }

  private String[] row(String method, List<Integer> sizes, List<Optional<Long>> peaks) {
    List<String> row = new ArrayList<>(List.of(method));
    peaks.forEach(peak -> row.add(peak.map(Unit.MIB::words).orElse(UNKNOWN)));
    Optional<MemoryLine> line = line(sizes, peaks);
    row.add(line.map(of -> Unit.MIB.words(of.fixedBytes())).orElse(UNKNOWN));
    row.add(line.map(of -> Unit.MIB.withDecimals(2).words(of.bytesPerImage())).orElse(UNKNOWN));
    for (int gigabytes : memory) {
      row.add(line.map(of -> largest(of, gigabytes)).orElse(UNKNOWN));
    }
    return row.toArray(String[]::new);
  }

  /** Empty if a peak is not known. */
  private static Optional<MemoryLine> line(List<Integer> sizes, List<Optional<Long>> peaks) {
    int last = sizes.size() - 1;
    return peaks.stream().allMatch(Optional::isPresent)
        ? Optional.of(
            MemoryLine.through(
                sizes.get(last - 1),
                peaks.get(last - 1).orElseThrow(),
                sizes.get(last),
                peaks.get(last).orElseThrow()))
        : Optional.empty();
  }

  private static String largest(MemoryLine line, int gigabytes) {
    long batch = line.largestBatch(gigabytes * GIGABYTE);
    return batch == Long.MAX_VALUE ? "any" : Long.toString(batch);
  }
}
