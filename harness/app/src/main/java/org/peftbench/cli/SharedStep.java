package org.peftbench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;
import org.peftbench.cell.Device;
import org.peftbench.measure.StraightLine;
import org.peftbench.report.Unit;
import org.peftbench.run.StepCost;

/**
 * A step that several learners took on one run of the backbone.
 *
 * @param learners P
 * @param cost of the step
 */
record SharedStep(int learners, StepCost cost) {

  private static final String NONE = "n/a";

  static double median(List<Double> seconds) {
    return Median.withDefaults()
        .evaluate(seconds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static List<String> memoryHeader(Device device) {
    return device.isGpu()
        ? List.of("GPU before (MiB)", "GPU peak (MiB)", "host peak (MiB)")
        : List.of("resident before (MiB)", "peak (MiB)");
  }

  static List<String> memory(StepCost cost, Device device) {
    Stream<Optional<Long>> bytes =
        device.isGpu()
            ? Stream.of(cost.gpuBytes(), cost.gpuPeakBytes(), Optional.of(cost.peakBytes()))
            : Stream.of(Optional.of(cost.residentBytes()), Optional.of(cost.peakBytes()));
    return bytes.map(one -> one.map(Unit.MIB::words).orElse(NONE)).toList();
  }

  private double seconds() {
    return median(cost.seconds());
  }

  private double backboneSeconds() {
    return median(cost.backboneSeconds());
  }

  private Optional<Long> peak(Device device) {
    return device.isGpu() ? cost.gpuPeakBytes() : Optional.of(cost.peakBytes());
  }

  /**
   * The curve over P as text: a table, and the line that it lies nearest to.
   *
   * @param title of the table
   * @param curve in the order of P
   */
  static String words(String title, List<SharedStep> curve, Device device) {
    Optional<SharedStep> alone = curve.stream().filter(step -> step.learners == 1).findFirst();
    List<String> header =
        new ArrayList<>(List.of("learners", "ms a step", "backbone", "a learner", "of P alone"));
    header.addAll(memoryHeader(device));
    header.addAll(List.of("of P alone ", "a learner's values (MiB)"));
    TextTable table = new TextTable().row(header.toArray(String[]::new));
    for (SharedStep step : curve) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(step.learners));
      row.add(millis(step.seconds()));
      row.add(millis(step.backboneSeconds()));
      row.add(millis((step.seconds() - step.backboneSeconds()) / step.learners));
      row.add(alone.map(one -> ratio(step.seconds(), one.seconds() * step.learners)).orElse(NONE));
      row.addAll(memory(step.cost, device));
      row.add(
          alone
              .flatMap(one -> one.peak(device))
              .flatMap(
                  one -> step.peak(device).map(peak -> ratio(peak, (double) one * step.learners)))
              .orElse(NONE));
      row.add(Unit.MIB.withDecimals(2).words(step.cost.learnerBytes()));
      table.row(row.toArray(String[]::new));
    }
    return title + "\n" + table + fit(curve);
  }

  private static String fit(List<SharedStep> curve) {
    if (curve.size() < 2) {
      return "";
    }
    StraightLine line =
        StraightLine.through(
            curve.stream().mapToDouble(SharedStep::learners).toArray(),
            curve.stream().mapToDouble(SharedStep::seconds).toArray());
    return "fitted: %s ms for the backbone + P x %s ms%n"
        .formatted(millis(line.start()), millis(line.slope()));
  }

  private static String millis(double seconds) {
    return "%.1f".formatted(1e3 * seconds);
  }

  private static String ratio(double part, double whole) {
    return "%.2f".formatted(part / whole);
  }
}
