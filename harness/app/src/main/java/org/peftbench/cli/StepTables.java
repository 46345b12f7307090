package org.peftbench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peftbench.cell.Device;
import org.peftbench.measure.StraightLine;
import org.peftbench.report.Unit;

/** The tables of {@code bench step}. */
final class StepTables {

  static final String NONE = "n/a";

  private StepTables() {}

  /** A row for each method and precision. */
  static String each(List<TakenStep> steps, Device device) {
    TextTable table =
        header(device, List.of("method", "precision", "ms a step (median)", "images/s"), List.of());
    for (TakenStep step : steps) {
      List<String> row = new ArrayList<>();
      row.add(step.order().method().label());
      row.add(step.order().precision().toString());
      row.add("%.0f".formatted(1e3 * step.seconds()));
      row.add("%.1f".formatted(step.order().batchSize() / step.seconds()));
      row.addAll(step.memory());
      table.row(row.toArray(String[]::new));
    }
    return table.toString();
  }

  /** For each method and precision, what P learners take on one run of the backbone. */
  static String curves(List<TakenStep> steps, Device device) {
    Map<String, List<TakenStep>> curves =
        steps.stream()
            .collect(
                Collectors.groupingBy(
                    step -> step.order().method().label() + ", " + step.order().precision(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return curves.entrySet().stream()
        .map(curve -> "%s%n%s".formatted(curve.getKey(), curve(curve.getValue(), device)))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** A row for each P, beside P steps of one learner alone, and the line that fits best. */
  private static String curve(List<TakenStep> steps, Device device) {
    TextTable table =
        header(
            device,
            List.of("P", "ms a step", "backbone", "a learner", "of P x alone"),
            List.of("of P x alone", "weights, gradients, moments of one (MiB)"));
    Optional<TakenStep> alone = steps.stream().filter(step -> step.learners() == 1).findFirst();
    for (TakenStep step : steps) {
      int count = step.learners();
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(count));
      row.add(millis(step.seconds()));
      row.add(millis(step.backboneSeconds()));
      row.add(millis((step.seconds() - step.backboneSeconds()) / count));
      row.add(alone.map(one -> ratio(step.seconds(), count * one.seconds())).orElse(NONE));
      row.addAll(step.memory());
      row.add(
          alone
              .flatMap(TakenStep::peakBytes)
              .flatMap(one -> step.peakBytes().map(peak -> ratio(peak, (double) count * one)))
              .orElse(NONE));
      row.add(Unit.MIB.withDecimals(2).words(step.cost().learnerBytes()));
      table.row(row.toArray(String[]::new));
    }
    return table + (steps.size() < 2 ? "" : fit(steps));
  }

  private static String fit(List<TakenStep> steps) {
    StraightLine line =
        StraightLine.through(
            steps.stream().mapToDouble(TakenStep::learners).toArray(),
            steps.stream().mapToDouble(TakenStep::seconds).toArray());
    return "fitted: %s ms for the backbone + P x %s ms%n"
        .formatted(millis(line.start()), millis(line.slope()));
  }

  /** On a GPU, memory is the GPU's, with the process's own beside it. */
  private static TextTable header(Device device, List<String> before, List<String> after) {
    List<String> header = new ArrayList<>(before);
    header.addAll(
        device.isGpu()
            ? List.of("GPU before (MiB)", "GPU peak (MiB)", "host peak (MiB)")
            : List.of("resident before (MiB)", "peak (MiB)"));
    header.addAll(after);
    return new TextTable().row(header.toArray(String[]::new));
  }

  private static String millis(double seconds) {
    return "%.1f".formatted(1e3 * seconds);
  }

  private static String ratio(double part, double whole) {
    return "%.2f".formatted(part / whole);
  }
}
