package org.peftbench.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.peftbench.cell.Study;
import org.peftbench.result.CellRecord;
import org.peftbench.result.GpuUse;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Watched;

/** What the methods of one setting cost on one machine: a row a method, over tasks and seeds. */
record CostTable(Machine machine, List<Row> rows) {

  /**
   * One method; only cells that succeeded count, for a failed one was not trained to the end, and
   * of costs only cells that ran alone.
   *
   * @param method its label
   * @param id the method's own name
   * @param untuned whether nobody chose its learning rate
   * @param study that chose it; empty if none did
   * @param metrics each metric's summary; empty if no cell has the metric
   * @param attribution how the memory on the GPU was told from that of others
   * @param count cells that ran alone and succeeded
   * @param of cells there are
   * @param shared cells that shared a pass, of which {@link PassTable} tells what they cost
   * @param complete whether no cell failed, and some cell of every task ran alone
   * @param tainted cells counted whose times are suspect
   * @param records names of the files that the numbers came from
   */
  record Row(
      String method,
      String id,
      Source features,
      boolean untuned,
      Optional<Study> study,
      Map<Metric, Optional<Number>> metrics,
      Optional<String> attribution,
      int count,
      int of,
      int shared,
      boolean complete,
      int tainted,
      List<String> records) {

    Optional<Number> value(Metric metric) {
      return metrics.getOrDefault(metric, Optional.empty());
    }

    boolean hasAny(List<Metric> some) {
      return some.stream().anyMatch(metric -> value(metric).isPresent());
    }

    /** Whether it has costs at all. */
    boolean ranAlone() {
      return shared < of;
    }
  }

  /** Makes one table a machine, where some cell succeeded. */
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
        .filter(table -> table.rows().stream().anyMatch(row -> row.count() + row.shared() > 0))
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
    List<CellRecord> alone = done.stream().filter(record -> record.sharedPass().isEmpty()).toList();
    Map<Metric, Optional<Number>> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric, metric.of(done)));
    return Optional.of(
        new Row(
            method.label(),
            method.method().id(),
            method.features(),
            method.untuned(),
            method.study(),
            values,
            attribution(alone),
            alone.size(),
            all.size(),
            (int) all.stream().filter(record -> record.sharedPass().isPresent()).count(),
            done.size() == all.size() && tasks(alone).equals(tasks(all)),
            (int) alone.stream().filter(record -> !record.taints().isEmpty()).count(),
            done.stream().map(record -> RecordFolder.fileName(record.cell())).sorted().toList()));
  }

  private static Set<String> tasks(List<CellRecord> records) {
    return records.stream().map(record -> record.cell().task()).collect(Collectors.toSet());
  }

  private static Optional<String> attribution(List<CellRecord> alone) {
    return alone.stream()
        .flatMap(record -> record.watched().flatMap(Watched::gpu).stream())
        .map(GpuUse::attribution)
        .distinct()
        .sorted()
        .reduce((one, other) -> one + ", " + other);
  }
}
