package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Words where the memory of training went. */
final class LedgerGrid {

  private static final double MEBIBYTE = 1 << 20;
  private static final String TITLE =
      "Memory of training in MiB, of each method's hungriest cell: floor and peak are measured, weights,"
          + " gradients, optimiser and taps counted, the rest is what is left";
  private static final List<String> HEADER =
      List.of(
          "method",
          "features",
          "floor",
          "weights",
          "gradients",
          "optimiser",
          "taps",
          "rest",
          "peak");

  private LedgerGrid() {}

  /** The table; empty if no method has a ledger. */
  static Optional<Grid> of(CostTable table, Section section, String name) {
    List<List<Grid.Cell>> rows =
        table.rows().stream().flatMap(row -> row.ledger().map(l -> row(row, l)).stream()).toList();
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Grid(
                name,
                TITLE,
                section.captionOn(table.machine()),
                HEADER,
                List.of(),
                rows,
                List.of(),
                List.of()));
  }

  private static List<Grid.Cell> row(CostTable.Row row, Ledger ledger) {
    return Stream.concat(
            Stream.of(row.method(), row.features().toString()),
            Stream.of(
                    ledger.floor(),
                    ledger.weights(),
                    ledger.gradients(),
                    ledger.optimizer(),
                    ledger.taps(),
                    ledger.rest(),
                    ledger.peak())
                .map(bytes -> Text.fixed(bytes / MEBIBYTE, 1)))
        .map(Grid.Cell::of)
        .toList();
  }
}
