package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A column of a table of costs.
 *
 * @param header its name, with the unit
 * @param words the value of a row; empty where there is none
 */
record CostColumn(String header, Function<CostTable.Row, Optional<String>> words) {

  private static final String UNAVAILABLE = "n/a";

  /** A column of numbers: times a factor, with so many decimals. */
  static CostColumn of(
      String header,
      double factor,
      int decimals,
      Function<CostTable.Row, ? extends Optional<? extends Number>> value) {
    return new CostColumn(
        header,
        row -> value.apply(row).map(number -> Text.fixed(factor * number.doubleValue(), decimals)));
  }

  /** A grid of columns, with a row a method. */
  static Grid grid(
      String name,
      String title,
      CostTable table,
      Section section,
      List<CostColumn> columns,
      List<String> notes) {
    return new Grid(
        name,
        title,
        section.captionOn(table.machine()),
        columns.stream().map(CostColumn::header).toList(),
        List.of(),
        table.rows().stream()
            .map(row -> columns.stream().map(column -> column.cell(row)).toList())
            .toList(),
        List.of(),
        notes);
  }

  private Grid.Cell cell(CostTable.Row row) {
    return Grid.Cell.of(words.apply(row).orElse(UNAVAILABLE));
  }
}
