package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The table of shared passes as people see it. */
final class PassGrid {

  private static final List<String> FIRST = List.of("methods", "features", "learners", "passes");
  private static final String SHARED =
      "train: of the whole pass, once for all its learners; of it the backbone with images and taps,"
          + " and what all learners took for themselves; medians over passes, memory is the largest";
  private static final String ALONE =
      "alone: training of as many cells of the same methods and tasks that ran alone, added up";
  private static final String LEARNERS =
      "a learner's memory: weights, gradients and moments, counted; the largest";

  private PassGrid() {}

  static Grid of(PassTable table, String caption, String suffix) {
    return new Grid(
        MetricGroup.SHARED + suffix,
        MetricGroup.SHARED.title(),
        caption,
        Stream.concat(FIRST.stream(), PassMetric.ALL.stream().map(PassMetric::header)).toList(),
        List.of(),
        table.rows().stream().map(PassGrid::row).toList(),
        List.of(),
        List.of(SHARED, ALONE, LEARNERS));
  }

  private static List<Grid.Cell> row(PassTable.Row row) {
    List<String> cells = new ArrayList<>();
    cells.add(row.methods());
    cells.add(row.features());
    cells.add(String.valueOf(row.learners()));
    cells.add(passes(row));
    row.metrics()
        .forEach((metric, value) -> cells.add(value.map(metric.unit()::words).orElse("n/a")));
    return cells.stream().map(Grid.Cell::of).toList();
  }

  private static String passes(PassTable.Row row) {
    return row.count()
        + "/"
        + row.of()
        + (row.failed() == 0 ? "" : ", failed learners: " + row.failed())
        + (row.tainted() == 0 ? "" : ", " + row.tainted() + " tainted");
  }
}
