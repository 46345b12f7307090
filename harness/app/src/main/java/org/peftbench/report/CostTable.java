package org.peftbench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.cell.Features;
import org.peftbench.result.CellRecord;
import org.peftbench.result.GpuUse;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Watched;

/** What the methods of one setting cost on one machine: a row a method, over tasks and seeds. */
record CostTable(Machine machine, List<Row> rows) {

  /**
   * One method; only cells that succeeded count, for a failed one was not trained to the end.
   *
   * @param metrics each metric's summary; empty if no cell has the metric
   * @param attribution how the memory on the GPU was told from that of others
   * @param count cells that succeeded
   * @param of cells there are
   * @param tainted cells whose times are suspect
   * @param records names of the files that the numbers came from
   */
  record Row(
      String method,
      Features features,
      Map<Metric, Optional<Number>> metrics,
      Optional<String> attribution,
      int count,
      int of,
      int tainted,
      List<String> records) {

    Optional<Number> value(Metric metric) {
      return metrics.getOrDefault(metric, Optional.empty());
    }

    boolean hasAny(List<Metric> some) {
      return some.stream().anyMatch(metric -> value(metric).isPresent());
    }

    boolean succeeded() {
      return count == of;
    }
  }

  /** Makes one table a machine. */
  static List<CostTable> of(List<CellRecord> records, List<Metric> metrics) {
    // Labels are those of the whole setting, so that a row is called the same in every table.
    List<MethodRow> methods = MethodRow.of(records);
    return records.stream()
        .map(Machine::of)
        .distinct()
        .sorted()
        .map(
            machine ->
                new CostTable(
                    machine,
                    methods.stream().flatMap(row -> row(row, machine, metrics).stream()).toList()))
        .toList();
  }

  /** Whether the cells ran on a GPU. */
  boolean onGpu() {
    return !machine.accelerator().isEmpty();
  }

  /** The metrics that the rows have of a group. */
  List<Metric> metrics(MetricGroup group) {
    return rows.stream()
        .flatMap(row -> row.metrics().keySet().stream())
        .distinct()
        .filter(metric -> metric.group() == group)
        .filter(metric -> onGpu() || !metric.equals(Metrics.HOST_TRAIN_PEAK))
        .toList();
  }

  private static Optional<Row> row(MethodRow method, Machine machine, List<Metric> metrics) {
    List<CellRecord> all =
        method.records().stream().filter(record -> Machine.of(record).equals(machine)).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    List<CellRecord> done = all.stream().filter(record -> record.outcome().isPresent()).toList();
    Map<Metric, Optional<Number>> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric, metric.of(done)));
    return Optional.of(
        new Row(
            method.label(),
            method.features(),
            values,
            attribution(done),
            done.size(),
            all.size(),
            (int) done.stream().filter(record -> !record.taints().isEmpty()).count(),
            done.stream().map(record -> RecordFolder.fileName(record.cell())).sorted().toList()));
  }

  private static Optional<String> attribution(List<CellRecord> done) {
    return done.stream()
        .flatMap(record -> record.watched().flatMap(Watched::gpu).stream())
        .map(GpuUse::attribution)
        .distinct()
        .sorted()
        .reduce((one, other) -> one + ", " + other);
  }
}
