package org.peftbench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.peftbench.WrongInputException;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Flops;
import org.peftbench.result.GpuCost;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.StepTimes;

/** One line a cell, with names of columns that scripts may rely on. */
public final class CellsReport {

  private static final Map<String, Function<CellRecord, Optional<?>>> COLUMNS = columns();

  private final List<CellRecord> records;

  private CellsReport(List<CellRecord> records) {
    this.records = records;
  }

  /** Takes the records of any settings; the lines are sorted by method, task, seed and file. */
  public static CellsReport of(List<CellRecord> records) {
    return new CellsReport(
        records.stream()
            .sorted(
                Comparator.comparing((CellRecord record) -> record.cell().method().label())
                    .thenComparing(record -> record.cell().task())
                    .thenComparing(record -> record.cell().seed())
                    .thenComparing(record -> RecordFolder.fileName(record.cell())))
            .toList());
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
      case JSON -> Report.json(records.stream().map(CellsReport::named).toList());
      case LATEX, HTML ->
          throw new WrongInputException(
              "cells cannot be written as " + format + "; known: md, csv, json");
    };
  }

  private static Map<String, Function<CellRecord, Optional<?>>> columns() {
    Map<String, Function<CellRecord, Optional<?>>> columns = new LinkedHashMap<>();
    columns.put("method", record -> text(record.cell().method().label()));
    columns.put("task", record -> text(record.cell().task()));
    columns.put("seed", record -> Optional.of(record.cell().seed()));
    columns.put("status", record -> text(record.status().toString()));
    columns.put(
        "reason",
        record -> record.failure().map(why -> why.reason() + ": " + Text.oneLine(why.message())));
    columns.put("accuracy", outcome(Outcome::accuracy));
    columns.put("trainable_parameters", outcome(Outcome::trainableParameters));
    columns.put(
        "train_peak_bytes", record -> record.phase("train").flatMap(PhaseCost::peakResidentBytes));
    columns.put("train_seconds", record -> record.phase("train").map(PhaseCost::seconds));
    columns.put("end_to_end_seconds", record -> Optional.of(record.endToEndSeconds()));
    columns.put("features", record -> text(record.cell().protocol().features().toString()));
    columns.put("adapter_bytes", outcome(Outcome::adapterBytes));
    columns.put("transfer_bytes_per_image", outcome(Outcome::transferBytesPerImage));
    columns.put("images", outcome(Outcome::images));
    columns.put("split_images", outcome(Outcome::splitImages));
    columns.put("extract_seconds", record -> record.phase("extract").map(PhaseCost::seconds));
    columns.put("step_p50_seconds", record -> record.steps().map(StepTimes::p50Seconds));
    columns.put("step_p90_seconds", record -> record.steps().map(StepTimes::p90Seconds));
    columns.put("step_p99_seconds", record -> record.steps().map(StepTimes::p99Seconds));
    columns.put("first_step_seconds", record -> record.steps().map(StepTimes::firstSeconds));
    columns.put("input_seconds", record -> record.steps().map(StepTimes::inputSeconds));
    columns.put(
        "floor_bytes", record -> record.phase("engine").flatMap(PhaseCost::peakResidentBytes));
    columns.put(
        "test_peak_bytes", record -> record.phase("test").flatMap(PhaseCost::peakResidentBytes));
    columns.put("gpu_train_peak_bytes", gpu("train", GpuCost::peakProcessBytes));
    columns.put("gpu_device_peak_bytes", gpu("train", GpuCost::peakDeviceBytes));
    columns.put("gpu_train_joules", gpu("train", GpuCost::joules));
    columns.put("cpu_train_joules", record -> record.phase("train").flatMap(PhaseCost::cpuJoules));
    columns.put("inference_batch", inference(Inference::batch));
    columns.put("inference_batch_seconds", inference(Inference::batchSeconds));
    columns.put("plain_batch_seconds", inference(Inference::plainBatchSeconds));
    columns.put("inference_image_seconds", inference(Inference::imageSeconds));
    columns.put("plain_image_seconds", inference(Inference::plainImageSeconds));
    columns.put("inference_flops", flops(Flops::adapted));
    columns.put("plain_flops", flops(Flops::plain));
    columns.put("side_flops", flops(Flops::side));
    columns.put("train_step_flops", flops(Flops::trainStep));
    columns.put("taints", record -> text(String.join("; ", record.taints())));
    columns.put("record", record -> text(RecordFolder.fileName(record.cell())));
    return columns;
  }

  private static Optional<String> text(String foreign) {
    return Optional.of(Text.oneLine(foreign));
  }

  private static Function<CellRecord, Optional<?>> gpu(
      String phase, Function<GpuCost, Optional<?>> value) {
    return record -> record.phase(phase).flatMap(PhaseCost::gpu).flatMap(value);
  }

  private static Function<CellRecord, Optional<?>> inference(Function<Inference, ?> value) {
    return record -> record.inference().map(value);
  }

  private static Function<CellRecord, Optional<?>> flops(Function<Flops, Optional<?>> value) {
    return record -> record.inference().map(Inference::flops).flatMap(value);
  }

  private static Function<CellRecord, Optional<?>> outcome(Function<Outcome, ?> value) {
    return record -> record.outcome().map(value);
  }

  private static List<String> header() {
    return List.copyOf(COLUMNS.keySet());
  }

  private <T> List<List<T>> lines(Function<Object, T> word) {
    List<List<T>> lines = new ArrayList<>();
    for (CellRecord record : records) {
      List<T> line = new ArrayList<>();
      for (Function<CellRecord, Optional<?>> column : COLUMNS.values()) {
        Optional<?> value = column.apply(record);
        line.add(word.apply(value.isPresent() ? value.get() : ""));
      }
      lines.add(line);
    }
    return lines;
  }

  private static Map<String, Optional<?>> named(CellRecord record) {
    Map<String, Optional<?>> named = new LinkedHashMap<>();
    COLUMNS.forEach((name, column) -> named.put(name, column.apply(record)));
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
