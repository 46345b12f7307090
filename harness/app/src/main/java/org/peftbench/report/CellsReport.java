package org.peftbench.report;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.peftbench.WrongInputException;
import org.peftbench.result.CellRecord;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.RecordFolder;

/** One line a cell, with names of columns that scripts may rely on. */
public final class CellsReport {

  /** What people look for, before all else. */
  private static final List<Metric> FIRST =
      List.of(
          Metrics.ACCURACY,
          Metrics.TRAINABLE_PARAMETERS,
          Metrics.TRAIN_PEAK,
          Metrics.TRAIN_SECONDS,
          Metrics.END_TO_END);

  private final List<CellRecord> records;
  private final Map<String, Function<CellRecord, Optional<?>>> columns;

  private CellsReport(
      List<CellRecord> records, Map<String, Function<CellRecord, Optional<?>>> columns) {
    this.records = records;
    this.columns = columns;
  }

  /** Takes the records of any settings; the lines are sorted by method, task, seed and file. */
  public static CellsReport of(List<CellRecord> records) {
    return of(records, Metrics.COSTS);
  }

  static CellsReport of(List<CellRecord> records, List<Metric> metrics) {
    return new CellsReport(
        records.stream()
            .sorted(
                Comparator.comparing((CellRecord record) -> record.cell().method().label())
                    .thenComparing(record -> record.cell().task())
                    .thenComparing(record -> record.cell().seed())
                    .thenComparing(record -> RecordFolder.fileName(record.cell())))
            .toList(),
        columns(metrics));
  }

  /**
   * The lines as text.
   *
   * @throws WrongInputException if the format is not one of Markdown, CSV and JSON
   */
  public String render(Format format) {
    return switch (format) {
      case MD -> Markdown.table(grid());
      case CSV -> Csv.render(header(), lines(value -> value));
      case JSON -> Report.json(records.stream().map(this::named).toList());
      case LATEX, HTML ->
          throw new WrongInputException(
              "cells cannot be written as " + format + "; known: md, csv, json");
    };
  }

  private static Map<String, Function<CellRecord, Optional<?>>> columns(List<Metric> metrics) {
    Map<String, Function<CellRecord, Optional<?>>> columns = new LinkedHashMap<>();
    columns.put("method", record -> text(record.cell().method().label()));
    columns.put("task", record -> text(record.cell().task()));
    columns.put("seed", record -> Optional.of(record.cell().seed()));
    columns.put("status", record -> text(record.status().toString()));
    columns.put(
        "reason",
        record -> record.failure().map(why -> why.reason() + ": " + Text.oneLine(why.message())));
    FIRST.forEach(metric -> columns.put(metric.name(), metric::of));
    columns.put("features", record -> text(record.cell().protocol().features().toString()));
    columns.put("lr", record -> Optional.of(record.cell().protocol().lr()));
    columns.put("weight_decay", record -> Optional.of(record.cell().protocol().weightDecay()));
    columns.put("untuned", record -> Optional.of(record.cell().protocol().untuned()));
    columns.put("study", record -> record.cell().protocol().study().map(TuningNotes::words));
    metrics.forEach(metric -> columns.putIfAbsent(metric.name(), metric::of));
    Metrics.SHARED_PASS.forEach(metric -> columns.put(metric.name(), metric::of));
    columns.put(
        "backbone_memory", record -> text(record.cell().protocol().backboneMemory().toString()));
    columns.put("edge_link", record -> record.edge().map(edge -> Text.oneLine(edge.link())));
    columns.put("edge_transport", record -> record.edge().map(e -> Text.oneLine(e.transport())));
    columns.put("edge_reused", record -> record.edge().map(EdgeUse::reused));
    Metrics.EDGE.forEach(metric -> columns.putIfAbsent(metric.name(), metric::of));
    columns.put("taints", record -> text(String.join("; ", record.taints())));
    columns.put("record", record -> text(RecordFolder.fileName(record.cell())));
    return columns;
  }

  private static Optional<String> text(String foreign) {
    return Optional.of(Text.oneLine(foreign));
  }

  private List<String> header() {
    return List.copyOf(columns.keySet());
  }

  private <T> List<List<T>> lines(Function<Object, T> word) {
    return records.stream()
        .map(
            record ->
                columns.values().stream()
                    .map(column -> word.apply(column.apply(record).<Object>map(v -> v).orElse("")))
                    .toList())
        .toList();
  }

  private Map<String, Optional<?>> named(CellRecord record) {
    Map<String, Optional<?>> named = new LinkedHashMap<>();
    columns.forEach((name, column) -> named.put(name, column.apply(record)));
    return named;
  }

  private Grid grid() {
    return new Grid(
        "cells",
        "",
        "",
        header(),
        List.of(),
        lines(
            value ->
                Grid.Cell.of(
                    value instanceof Double number
                        ? Text.fixed(number, 2)
                        : String.valueOf(value))),
        List.of(),
        List.of());
  }
}
