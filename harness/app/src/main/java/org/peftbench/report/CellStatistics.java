package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;
import org.peftbench.result.CellRecord;

/** Sums up what several cells took; a value that no cell has is empty. */
final class CellStatistics {

  private CellStatistics() {}

  static <T extends Comparable<T>> Optional<T> largest(
      List<CellRecord> records, Function<CellRecord, Optional<T>> value) {
    return present(records, value).max(Comparable::compareTo);
  }

  static Optional<Double> median(
      List<CellRecord> records, Function<CellRecord, Optional<Double>> value) {
    double[] values = present(records, value).mapToDouble(Double::doubleValue).toArray();
    return values.length == 0
        ? Optional.empty()
        : Optional.of(Median.withDefaults().evaluate(values));
  }

  private static <T> Stream<T> present(
      List<CellRecord> records, Function<CellRecord, Optional<T>> value) {
    return records.stream().flatMap(record -> value.apply(record).stream());
  }
}
