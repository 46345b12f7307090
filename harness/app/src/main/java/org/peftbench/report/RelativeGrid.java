package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Words what methods cost relative to {@code lora}, the headline of papers on side networks. Only
 * methods that succeeded on as many cells are compared.
 */
final class RelativeGrid {

  private static final String REFERENCE = "lora";
  private static final String TITLE = "Cost relative to lora";
  private static final List<String> HEADER =
      List.of(
          "method", "features", "trainable parameters", "train peak memory", "train", "end to end");

  private RelativeGrid() {}

  /** The table; empty if there is no {@code lora} or nothing to compare with it. */
  static Optional<Grid> of(CostTable table, Section section, String name) {
    Optional<CostTable.Row> lora =
        table.rows().stream()
            .filter(row -> row.method().equals(REFERENCE) && row.count() == row.of())
            .findFirst();
    if (lora.isEmpty()) {
      return Optional.empty();
    }
    List<CostTable.Row> comparable =
        table.rows().stream()
            .filter(row -> row.count() == row.of() && row.of() == lora.get().of())
            .toList();
    return comparable.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Grid(
                name,
                TITLE,
                section.captionOn(table.machine()),
                HEADER,
                List.of(),
                comparable.stream().map(row -> row(row, lora.get())).toList(),
                List.of(),
                List.of(
                    "memory is the whole process's, the Java machine and PyTorch's libraries"
                        + " included: the smaller the backbone, the more that is of it")));
  }

  private static List<Grid.Cell> row(CostTable.Row row, CostTable.Row lora) {
    return Stream.of(
            row.method(),
            row.features().toString(),
            ratio(row, lora, r -> r.trainableParameters().map(Long::doubleValue)),
            ratio(row, lora, r -> r.memoryBytes().map(Long::doubleValue)),
            ratio(row, lora, CostTable.Row::trainSeconds),
            ratio(row, lora, CostTable.Row::endToEndSeconds))
        .map(Grid.Cell::of)
        .toList();
  }

  private static String ratio(
      CostTable.Row row, CostTable.Row lora, Function<CostTable.Row, Optional<Double>> value) {
    return value
        .apply(row)
        .flatMap(
            own ->
                value.apply(lora).filter(base -> base > 0).map(base -> Text.fixed(own / base, 2)))
        .orElse("n/a");
  }
}
