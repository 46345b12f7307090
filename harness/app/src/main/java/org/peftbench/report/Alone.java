package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.peftbench.cell.Cell;
import org.peftbench.result.CellRecord;

/** What training took where cells ran alone, for comparison with those that shared a pass. */
final class Alone {

  /** What decides how long training takes, of cells of one setting on one machine. */
  private record Key(
      String method,
      SortedMap<String, String> options,
      Optional<String> plugin,
      Source features,
      String task) {

    static Key of(CellRecord record) {
      Cell cell = record.cell();
      return new Key(
          cell.method().id(),
          cell.method().options(),
          cell.method().plugin(),
          Source.of(cell.protocol()),
          cell.task());
    }
  }

  private final Map<Key, List<CellRecord>> cells;

  /** Takes records of one setting and machine; only those that ran alone and succeeded count. */
  Alone(List<CellRecord> records) {
    cells =
        records.stream()
            .filter(record -> record.outcome().isPresent())
            .collect(groupingBy(Key::of, toList()));
  }

  /** Seconds of training that the learners would take one by one; empty if one is not known. */
  Optional<Double> trainSeconds(List<CellRecord> learners) {
    double sum = 0;
    for (CellRecord learner : learners) {
      Optional<Number> seconds =
          Metrics.TRAIN_SECONDS.of(cells.getOrDefault(Key.of(learner), List.of()));
      if (seconds.isEmpty()) {
        return Optional.empty();
      }
      sum += seconds.get().doubleValue();
    }
    return Optional.of(sum);
  }
}
