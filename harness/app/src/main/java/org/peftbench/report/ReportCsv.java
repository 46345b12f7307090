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
          "study");

  private final List<List<Object>> lines = new ArrayList<>();

  private ReportCsv() {}

  static String render(List<Section> sections) {
    ReportCsv csv = new ReportCsv();
    for (Section section : sections) {
      csv.accuracy(section);
      section.costs().forEach(table -> csv.cost(section, table));
      section.sharedPasses().forEach(table -> csv.passes(section, table));
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
                or(row.study().map(TuningNotes::words))));
      }
    }
  }

  private void cost(Section section, CostTable table) {
    for (CostTable.Row row : table.rows()) {
      row.metrics()
          .forEach(
              (metric, value) -> {
                boolean median = metric.summary() == Summary.MEDIAN;
                lines.add(
                    List.of(
                        section.caption(),
                        table.machine().words(),
                        row.method(),
                        row.features(),
                        "cost",
                        metric.name(),
                        "",
                        "",
                        median ? or(value) : "",
                        median ? "" : or(value),
                        row.count(),
                        row.of(),
                        "",
                        row.untuned(),
                        or(row.study().map(TuningNotes::words))));
              });
    }
  }

  private void passes(Section section, PassTable table) {
    for (PassTable.Row row : table.rows()) {
      row.metrics()
          .forEach(
              (metric, value) -> {
                boolean median = metric.summary() == Summary.MEDIAN;
                lines.add(
                    List.of(
                        section.caption(),
                        table.machine().words(),
                        row.methods(),
                        row.features(),
                        "shared pass",
                        metric.name(),
                        "",
                        "",
                        median ? or(value) : "",
                        median ? "" : or(value),
                        row.count(),
                        row.of(),
                        "",
                        "",
                        ""));
              });
    }
  }

  private void note(Section section, String method, String note) {
    lines.add(
        List.of(
            section.caption(), "", method, "", "note", "", "", "", "", "", "", "", note, "", ""));
  }

  private static Object or(Optional<?> value) {
    return value.isPresent() ? value.get() : "";
  }
}
