package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of what methods cost relative to {@code lora}, which papers on side networks lead with.
 * Only methods that succeeded on as many cells are compared, with costs of every task.
 */
final class RelativeGrid {

  private static final String REFERENCE = "lora";
  private static final String HOST_MEMORY =
      "memory is the whole process's, the Java machine and PyTorch's libraries included: the"
          + " smaller the backbone, the more that is of it";
  private static final String SHARED =
      "of methods whose cells shared passes, costs are those of the cells that ran alone";
  private static final List<Metric> METRICS =
      List.of(
          Metrics.TRAINABLE_PARAMETERS,
          Metrics.TRAIN_PEAK,
          Metrics.TRAIN_SECONDS,
          Metrics.END_TO_END);

  private RelativeGrid() {}

  /** The table; empty if there is no {@code lora} or nothing to compare with it. */
  static Optional<Grid> of(CostTable table, String caption, String name) {
    Optional<CostTable.Row> lora = reference(table.rows());
    if (lora.isEmpty()) {
      return Optional.empty();
    }
    List<CostTable.Row> comparable =
        table.rows().stream().filter(row -> row.complete() && row.of() == lora.get().of()).toList();
    return comparable.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Grid(
                name,
                "Cost relative to " + lora.get().method(),
                caption,
                Stream.concat(Stream.of("method", "features"), METRICS.stream().map(Metric::label))
                    .toList(),
                List.of(),
                comparable.stream().map(row -> row(row, lora.get())).toList(),
                List.of(),
                notes(table.onGpu(), comparable)));
  }

  private static List<String> notes(boolean onGpu, List<CostTable.Row> rows) {
    String memory = onGpu ? CostGrids.GPU_MEMORY : HOST_MEMORY;
    return rows.stream().anyMatch(row -> row.shared() > 0)
        ? List.of(memory, SHARED)
        : List.of(memory);
  }

  /** The row of the defaults, or else the only one, such as that of a study's choice. */
  private static Optional<CostTable.Row> reference(List<CostTable.Row> rows) {
    List<CostTable.Row> all =
        rows.stream().filter(row -> row.complete() && row.id().equals(REFERENCE)).toList();
    return all.stream()
        .filter(row -> row.method().equals(MethodRow.marked(REFERENCE, row.untuned())))
        .findFirst()
        .or(() -> all.stream().filter(row -> all.size() == 1).findFirst());
  }

  private static List<Grid.Cell> row(CostTable.Row row, CostTable.Row lora) {
    return Stream.concat(
            Stream.of(row.method(), row.features().toString()),
            METRICS.stream().map(metric -> ratio(row.value(metric), lora.value(metric))))
        .map(Grid.Cell::of)
        .toList();
  }

  private static String ratio(Optional<Number> own, Optional<Number> base) {
    double reference = base.map(Number::doubleValue).orElse(0.0);
    return own.filter(number -> reference > 0)
        .map(number -> Text.fixed(number.doubleValue() / reference, 2))
        .orElse("n/a");
  }
}
