package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Words the cost table. */
final class CostGrid {

  private static final double MEBIBYTE = 1 << 20;
  private static final String TITLE =
      "Cost over tasks and seeds: largest memory, median times, of the cells that succeeded";
  private static final List<String> HEADER =
      List.of(
          "method",
          "features",
          "trainable parameters (M)",
          "transfer (bytes/image)",
          "floor (MiB)",
          "train peak memory (MiB)",
          "extract (s)",
          "train (s)",
          "step (ms)",
          "input wait (%)",
          "end to end (s)",
          "cells");

  private static final String TAINTED =
      "tainted: others used the processors while the cell ran, so that its times are suspect; bench"
          + " report --cells says who and how much";

  private CostGrid() {}

  static Grid of(CostTable table, Section section, String name) {
    return new Grid(
        name,
        TITLE,
        section.captionOn(table.machine()),
        HEADER,
        List.of(),
        table.rows().stream().map(CostGrid::row).toList(),
        List.of(),
        table.rows().stream().anyMatch(row -> row.tainted() > 0) ? List.of(TAINTED) : List.of());
  }

  private static List<Grid.Cell> row(CostTable.Row row) {
    return Stream.of(
            row.method(),
            row.features().toString(),
            or(row.trainableParameters(), count -> Text.fixed(count / 1e6, 3)),
            or(row.transferBytesPerImage(), String::valueOf),
            or(row.floorBytes(), bytes -> Text.fixed(bytes / MEBIBYTE, 0)),
            or(row.trainPeakBytes(), bytes -> Text.fixed(bytes / MEBIBYTE, 0)),
            or(row.extractSeconds(), seconds -> Text.fixed(seconds, 1)),
            or(row.trainSeconds(), seconds -> Text.fixed(seconds, 1)),
            or(row.stepSeconds(), seconds -> Text.fixed(1e3 * seconds, 1)),
            or(row.inputShare(), share -> Text.fixed(100 * share, 1)),
            or(row.endToEndSeconds(), seconds -> Text.fixed(seconds, 1)),
            row.count()
                + "/"
                + row.of()
                + (row.tainted() > 0 ? ", " + row.tainted() + " tainted" : ""))
        .map(Grid.Cell::of)
        .toList();
  }

  private static <T> String or(Optional<T> value, Function<T, String> words) {
    return value.map(words).orElse("n/a");
  }
}
