package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.Features;
import org.peftbench.result.CellRecord;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.RecordFolder;

/**
 * What cells of one setting whose features came from a cloud took of the link and of one machine: a
 * row a method, type of features and link, over tasks and seeds.
 *
 * @param mean what the accuracies are a mean of
 * @param baselines what an image would weigh otherwise
 */
record EdgeTable(Machine machine, String mean, List<Baseline> baselines, List<Row> rows) {

  /** What stands for a link that no record tells of. */
  static final String NO_LINK = "n/a";

  /**
   * The cells of one method over one link. Only those that succeeded count, and of numbers only
   * those of cells that ran alone.
   *
   * @param method its label
   * @param features how they travelled
   * @param link as the records call it
   * @param accuracy over the tasks of the setting
   * @param metrics each metric's summary; empty if no cell has the metric
   * @param count cells that ran alone and succeeded
   * @param of cells there are
   * @param shared cells that shared a pass
   * @param reused cells counted whose features an earlier cell had received
   * @param tainted cells counted whose times are suspect
   * @param records names of the files that the numbers came from
   */
  record Row(
      String method,
      Features features,
      String link,
      Score accuracy,
      Map<Metric, Optional<Number>> metrics,
      int count,
      int of,
      int shared,
      int reused,
      int tainted,
      List<String> records) {

    Optional<Number> value(Metric metric) {
      return metrics.getOrDefault(metric, Optional.empty());
    }

    /** Whether an image's features weigh more than the same image otherwise. */
    boolean outweighs(Metric image) {
      return value(Metrics.EDGE_TENSORS)
          .flatMap(
              tensors -> value(image).map(other -> tensors.doubleValue() > other.doubleValue()))
          .orElse(false);
    }
  }

  /**
   * Makes one table a machine on which there were edge cells.
   *
   * @param records of one setting
   */
  static List<EdgeTable> of(List<CellRecord> records, BackboneChoice backbone, TaskOrder order) {
    List<AccuracyColumn> columns =
        AccuracyColumn.of(
            records.stream().map(record -> record.cell().task()).collect(Collectors.toSet()),
            order);
    AccuracyColumn mean = columns.get(columns.size() - 1);
    // Labels are those of the whole setting, so that a row is called the same in every table.
    List<MethodRow> methods =
        MethodRow.of(records).stream().filter(row -> row.features().isCloud()).toList();
    return methods.stream()
        .flatMap(row -> row.records().stream())
        .collect(groupingBy(Machine::of, TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(
            entry ->
                new EdgeTable(
                    entry.getKey(),
                    mean.name(),
                    Baseline.of(entry.getValue(), backbone.config()),
                    rows(methods, entry.getKey(), mean)))
        .toList();
  }

  private static List<Row> rows(List<MethodRow> methods, Machine machine, AccuracyColumn mean) {
    List<Row> rows = new ArrayList<>();
    for (MethodRow method : methods) {
      List<CellRecord> here =
          method.records().stream().filter(record -> Machine.of(record).equals(machine)).toList();
      byLink(here).forEach((link, cells) -> rows.add(row(method, link, cells, mean)));
    }
    rows.sort(
        Comparator.comparing(Row::method).thenComparing(Row::features).thenComparing(Row::link));
    return List.copyOf(rows);
  }

  /** A cell that failed before it knew its link is one of the only link that there is. */
  private static Map<String, List<CellRecord>> byLink(List<CellRecord> records) {
    List<String> links =
        records.stream()
            .flatMap(record -> record.edge().stream())
            .map(EdgeUse::link)
            .distinct()
            .toList();
    String unknown = links.size() == 1 ? links.get(0) : NO_LINK;
    return records.stream()
        .collect(
            groupingBy(
                record -> record.edge().map(EdgeUse::link).orElse(unknown),
                TreeMap::new,
                toList()));
  }

  private static Row row(
      MethodRow method, String link, List<CellRecord> cells, AccuracyColumn mean) {
    List<CellRecord> done = cells.stream().filter(cell -> cell.outcome().isPresent()).toList();
    List<CellRecord> alone = done.stream().filter(cell -> cell.sharedPass().isEmpty()).toList();
    Map<Metric, Optional<Number>> values = new LinkedHashMap<>();
    Metrics.EDGE.forEach(metric -> values.put(metric, metric.of(done)));
    return new Row(
        method.label(),
        method.features().features(),
        Text.oneLine(link),
        new RowScores(cells).score(mean),
        values,
        alone.size(),
        cells.size(),
        (int) cells.stream().filter(cell -> cell.sharedPass().isPresent()).count(),
        (int) alone.stream().flatMap(cell -> cell.edge().stream()).filter(EdgeUse::reused).count(),
        (int) alone.stream().filter(cell -> !cell.taints().isEmpty()).count(),
        done.stream().map(cell -> RecordFolder.fileName(cell.cell())).sorted().toList());
  }
}
