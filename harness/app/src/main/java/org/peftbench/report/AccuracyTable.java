package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peftbench.cell.Study;
import org.peftbench.result.CellRecord;

/** Top-1 accuracies of one setting: a row a method, a column a task or mean. */
record AccuracyTable(List<AccuracyColumn> columns, List<Row> rows) {

  /**
   * One method.
   *
   * @param method its label
   * @param id the method's id, as in the notes
   * @param untuned whether nobody chose its learning rate
   * @param study that chose it; empty if none did
   * @param seeds all that some cell of the row has
   * @param scores one a column
   */
  record Row(
      String method,
      String id,
      Source features,
      boolean untuned,
      Optional<Study> study,
      List<Long> seeds,
      List<Score> scores) {}

  static AccuracyTable of(List<CellRecord> records, TaskOrder order) {
    List<AccuracyColumn> columns =
        AccuracyColumn.of(
            records.stream().map(record -> record.cell().task()).collect(Collectors.toSet()),
            order);
    return new AccuracyTable(
        columns, MethodRow.of(records).stream().map(row -> row(row, columns)).toList());
  }

  private static Row row(MethodRow method, List<AccuracyColumn> columns) {
    RowScores scores = new RowScores(method.records());
    return new Row(
        method.label(),
        method.method().id(),
        method.features(),
        method.untuned(),
        method.study(),
        List.copyOf(scores.seeds()),
        columns.stream().map(scores::score).toList());
  }
}
