package org.peftbench.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Device;
import org.peftbench.child.JobFailedException;
import org.peftbench.measure.MemoryLine;
import org.peftbench.measure.MemoryPlane;
import org.peftbench.measure.MemoryPlane.Measured;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plan.NeededMemory;
import org.peftbench.plugin.MethodFacts;
import org.peftbench.report.Unit;

/**
 * Which batch of each method fits into a memory, with a backbone that is in it and with one that is
 * streamed. Steps of the same transformer with few blocks are measured, and the rest follows.
 */
final class LimitTable {

  static final String NOTE =
      "Worked out from steps with 2 and 4 blocks and 1 and 4 images; streamed: two blocks are in"
          + " memory, whatever the depth; n/a: the method does not grow in proportion to it.";

  /** The depths that are measured: what only the first or the last block takes is in both. */
  static final List<Integer> DEPTHS = List.of(2, 4);

  private static final int SHALLOW = DEPTHS.get(0);
  private static final int DEEPER = DEPTHS.get(1);

  private static final int FEW = 1;
  private static final int MORE = 4;
  private static final String UNKNOWN = "n/a";

  private final ViTConfig backbone;
  private final Precision precision;
  private final Device device;
  private final long limit;

  private LimitTable(ViTConfig backbone, Precision precision, Device device, long limit) {
    this.backbone = backbone;
    this.precision = precision;
    this.device = device;
    this.limit = limit;
  }

  /**
   * Measures and makes the table.
   *
   * @param shallow the same methods on the depths that are measured
   * @param backbone deeper than these
   * @param limit in bytes
   */
  static TextTable of(
      List<MethodFacts> methods,
      List<List<MethodFacts>> shallow,
      ViTConfig backbone,
      Precision precision,
      Device device,
      long limit,
      FitCommand.Trial trial)
      throws IOException, InterruptedException, JobFailedException {
    LimitTable made = new LimitTable(backbone, precision, device, limit);
    TextTable table =
        new TextTable()
            .row(
                "method",
                "weights (GiB)",
                "gradients",
                "moments",
                "an image (MiB)",
                "fixed (GiB)",
                "resident",
                "streamed");
    for (int i = 0; i < methods.size(); i++) {
      MethodFacts method = methods.get(i);
      int place = i;
      List<MethodFacts> few = shallow.stream().map(all -> all.get(place)).toList();
      boolean follows =
          made.isStraight(method, few, MethodFacts::trainableParameters)
              && made.isStraight(method, few, facts -> facts.taps().size());
      table.row(made.row(method, follows ? made.plane(method, trial) : Optional.empty()));
    }
    return table;
  }

  /** Whether what a method has grows with depth as it does between the depths that are measured. */
  private boolean isStraight(
      MethodFacts method, List<MethodFacts> few, ToLongFunction<MethodFacts> count) {
    long one = count.applyAsLong(few.get(0));
    long other = count.applyAsLong(few.get(1));
    return (other - one) * (backbone.depth() - SHALLOW)
        == (count.applyAsLong(method) - one) * (DEEPER - SHALLOW);
  }

  /** Empty if a peak is not known. */
  private Optional<MemoryPlane> plane(MethodFacts method, FitCommand.Trial trial)
      throws IOException, InterruptedException, JobFailedException {
    Optional<MemoryLine> shallow = line(method, SHALLOW, trial);
    Optional<MemoryLine> deeper = line(method, DEEPER, trial);
    return shallow.flatMap(
        one ->
            deeper.map(
                other ->
                    MemoryPlane.through(new Measured(SHALLOW, one), new Measured(DEEPER, other))));
  }

  private Optional<MemoryLine> line(MethodFacts method, int depth, FitCommand.Trial trial)
      throws IOException, InterruptedException, JobFailedException {
    ViTConfig blocks = backbone.withDepth(depth);
    Optional<Long> few = trial.peak(method, blocks, FEW);
    Optional<Long> more = trial.peak(method, blocks, MORE);
    return few.flatMap(one -> more.map(other -> MemoryLine.through(FEW, one, MORE, other)));
  }

  private String[] row(MethodFacts method, Optional<MemoryPlane> plane) {
    NeededMemory counted = NeededMemory.of(method, backbone, precision);
    Optional<MemoryLine> resident = plane.map(measured -> measured.at(backbone.depth()));
    Optional<MemoryLine> streamed =
        resident
            .filter(line -> !method.taps().isEmpty())
            .map(line -> new MemoryLine(line.fixedBytes() - spared(), line.bytesPerImage()));
    return new String[] {
      method.choice().label(),
      Unit.GIB.words(counted.weights()),
      Unit.GIB.words(counted.gradients()),
      Unit.GIB.words(counted.moments()),
      resident.map(line -> Unit.MIB.words(line.bytesPerImage())).orElse(UNKNOWN),
      resident.map(line -> Unit.GIB.words(line.fixedBytes())).orElse(UNKNOWN),
      resident.map(this::fits).orElse(UNKNOWN),
      method.taps().isEmpty() ? "is no side method" : streamed.map(this::fits).orElse(UNKNOWN)
    };
  }

  private long spared() {
    return BackboneMemory.RESIDENT.blockBytes(backbone, precision, device.type())
        - BackboneMemory.STREAMED.blockBytes(backbone, precision, device.type());
  }

  private String fits(MemoryLine line) {
    long batch = line.largestBatch(limit);
    if (batch == 0) {
      return "no, one image takes "
          + NeededMemory.gib(Math.round(line.fixedBytes() + line.bytesPerImage()));
    }
    return batch == Long.MAX_VALUE ? "any batch" : "batch " + batch;
  }
}
