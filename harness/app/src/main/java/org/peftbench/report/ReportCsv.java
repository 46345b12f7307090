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
          "reason");

  private final List<List<Object>> lines = new ArrayList<>();

  private ReportCsv() {}

  static String render(List<Section> sections) {
    ReportCsv csv = new ReportCsv();
    for (Section section : sections) {
      csv.accuracy(section);
      section.costs().forEach(table -> csv.cost(section, table));
      section.notes().forEach((method, note) -> csv.note(section, method, note));
    }
    return Csv.render(HEADER, csv.lines);
  }

  private void accuracy(Section section) {
    for (AccuracyTable.Row row : section.accuracy().rows()) {
      for (int i = 0; i < row.scores().size(); i++) {
        Score score = row.scores().get(i);
        Column column = section.accuracy().columns().get(i);
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
                or(score.reason())));
      }
    }
  }

  private void cost(Section section, CostTable table) {
    for (CostTable.Row row : table.rows()) {
      Line line =
          (column, median, maximum) ->
              lines.add(
                  List.of(
                      section.caption(),
                      table.machine().words(),
                      row.method(),
                      row.features(),
                      "cost",
                      column,
                      "",
                      "",
                      or(median),
                      or(maximum),
                      row.count(),
                      row.of(),
                      ""));
      line.add("trainable_parameters", Optional.empty(), row.trainableParameters());
      line.add("adapter_bytes", Optional.empty(), row.adapterBytes());
      line.add("transfer_bytes_per_image", Optional.empty(), row.transferBytesPerImage());
      line.add("floor_bytes", Optional.empty(), row.floorBytes());
      line.add("train_peak_bytes", Optional.empty(), row.trainPeakBytes());
      line.add("extract_seconds", row.extractSeconds(), Optional.empty());
      line.add("train_seconds", row.trainSeconds(), Optional.empty());
      line.add("step_seconds", row.stepSeconds(), Optional.empty());
      line.add("input_share", row.inputShare(), Optional.empty());
      line.add("end_to_end_seconds", row.endToEndSeconds(), Optional.empty());
      line.add("train_images_per_second", row.time().trainImagesPerSecond(), Optional.empty());
      line.add("inference_images_per_second", row.inference().imagesPerSecond(), Optional.empty());
      line.add("inference_overhead", row.inference().overhead(), Optional.empty());
      line.add("inference_flops", Optional.empty(), row.inference().flops());
      line.add("train_step_flops", Optional.empty(), row.inference().trainStepFlops());
      line.add("gpu_train_peak_bytes", Optional.empty(), row.energy().gpuPeakBytes());
      line.add("gpu_train_joules", row.energy().gpuJoules(), Optional.empty());
      line.add("cpu_train_joules", row.energy().cpuJoules(), Optional.empty());
    }
  }

  private void note(Section section, String method, String note) {
    lines.add(List.of(section.caption(), "", method, "", "note", "", "", "", "", "", "", "", note));
  }

  private interface Line {
    void add(String column, Optional<?> median, Optional<?> maximum);
  }

  private static Object or(Optional<?> value) {
    return value.isPresent() ? value.get() : "";
  }
}
