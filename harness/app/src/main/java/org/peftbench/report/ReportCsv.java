package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report with one number a line, so that tables with other columns fit into one file. */
final class ReportCsv {

  private static final List<String> HEADER =
      List.of(
          "setting",
          "machine",
          "method",
          "features",
          "kind",
          "column",
          "mean",
          "sd",
          "median",
          "maximum",
          "count",
          "of",
          "reason",
          "untuned",
          "study",
          "link");

  private final List<List<Object>> lines = new ArrayList<>();

  private ReportCsv() {}

  static String render(List<Section> sections) {
    ReportCsv csv = new ReportCsv();
    for (Section section : sections) {
      csv.accuracy(section);
      section.costs().forEach(table -> csv.cost(section, table));
      section.sharedPasses().forEach(table -> csv.passes(section, table));
      section.edges().forEach(table -> csv.edges(section, table));
      section.notes().forEach((method, note) -> csv.note(section, method, note));
    }
    return Csv.render(HEADER, csv.lines);
  }

  private void accuracy(Section section) {
    for (AccuracyTable.Row row : section.accuracy().rows()) {
      for (int i = 0; i < row.scores().size(); i++) {
        Score score = row.scores().get(i);
        AccuracyColumn column = section.accuracy().columns().get(i);
        lines.add(
            List.of(
                section.caption(),
                "",
                row.method(),
                row.features(),
                column.task() ? "task" : "mean",
                column.name(),
                or(score.mean()),
                or(score.sd()),
                "",
                "",
                score.count(),
                score.of(),
                or(score.reason()),
                row.untuned(),
                or(row.study().map(TuningNotes::words)),
                ""));
      }
    }
  }

  private void cost(Section section, CostTable table) {
    for (CostTable.Row row : table.rows()) {
      List<Object> whose =
          List.of(section.caption(), table.machine().words(), row.method(), row.features(), "cost");
      List<Object> counts =
          List.of(
              row.count(),
              row.of(),
              "",
              row.untuned(),
              or(row.study().map(TuningNotes::words)),
              "");
      row.metrics()
          .forEach(
              (metric, value) -> metric(whose, metric.name(), metric.summary(), value, counts));
    }
  }

  private void passes(Section section, PassTable table) {
    for (PassTable.Row row : table.rows()) {
      List<Object> whose =
          List.of(
              section.caption(),
              table.machine().words(),
              row.methods(),
              row.features(),
              "shared pass");
      List<Object> counts = List.of(row.count(), row.of(), "", "", "", "");
      row.metrics()
          .forEach(
              (metric, value) -> metric(whose, metric.name(), metric.summary(), value, counts));
    }
  }

  private void edges(Section section, EdgeTable table) {
    String machine = table.machine().words();
    for (EdgeTable.Row row : table.rows()) {
      List<Object> whose =
          List.of(section.caption(), machine, row.method(), row.features(), "edge");
      List<Object> counts = List.of(row.count(), row.of(), "", "", "", row.link());
      Score accuracy = row.accuracy();
      List<Object> line = new ArrayList<>(whose);
      line.addAll(List.of("accuracy", or(accuracy.mean()), or(accuracy.sd()), "", ""));
      line.addAll(List.of(accuracy.count(), accuracy.of(), "", "", "", row.link()));
      lines.add(line);
      row.metrics()
          .forEach(
              (metric, value) -> metric(whose, metric.name(), metric.summary(), value, counts));
    }
    for (Baseline baseline : table.baselines()) {
      metric(
          List.of(section.caption(), machine, baseline.what(), baseline.type(), "edge baseline"),
          "bytes_per_image",
          Summary.MEDIAN,
          Optional.of(baseline.bytesPerImage()),
          List.of("", "", "", "", "", ""));
    }
  }

  /** A line of a number that is a median or the largest of several. */
  private void metric(
      List<Object> whose, String name, Summary summary, Optional<?> value, List<Object> counts) {
    boolean median = summary == Summary.MEDIAN;
    List<Object> line = new ArrayList<>(whose);
    line.addAll(List.of(name, "", "", median ? or(value) : "", median ? "" : or(value)));
    line.addAll(counts);
    lines.add(line);
  }

  private void note(Section section, String method, String note) {
    lines.add(
        List.of(
            section.caption(),
            "",
            method,
            "",
            "note",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            note,
            "",
            "",
            ""));
  }

  private static Object or(Optional<?> value) {
    return value.isPresent() ? value.get() : "";
  }
}
