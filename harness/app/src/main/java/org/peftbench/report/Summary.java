package org.peftbench.report;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;
import org.peftbench.result.CellRecord;

/** How the numbers of several cells become one; cells without a number do not count. */
enum Summary {
  /** The middle number, or the mean of the two middle ones. */
  MEDIAN,
  /** The largest number. */
  LARGEST,
  /** The largest number, unless it is 0, which says that the method has no such thing. */
  LARGEST_ABOVE_ZERO,
  /** The number of the cell that took most memory in training, so that parts add up to its peak. */
  AT_LARGEST_PEAK;

  private static final Comparator<Number> BY_SIZE = Comparator.comparingDouble(Number::doubleValue);

  Optional<Number> of(List<CellRecord> cells, Reading reading) {
    return switch (this) {
      case MEDIAN -> median(numbers(cells, reading));
      case LARGEST -> largest(numbers(cells, reading));
      case LARGEST_ABOVE_ZERO -> LARGEST.of(cells, reading).filter(most -> most.doubleValue() > 0);
      case AT_LARGEST_PEAK ->
          cells.stream()
              .filter(cell -> reading.of(cell).isPresent())
              .max(Comparator.comparingDouble(Summary::trainPeak))
              .flatMap(reading::of);
    };
  }

  private static Stream<Number> numbers(List<CellRecord> cells, Reading reading) {
    return cells.stream().flatMap(cell -> reading.of(cell).stream());
  }

  private static double trainPeak(CellRecord cell) {
    return Metrics.TRAIN_PEAK.of(cell).map(Number::doubleValue).orElse(0.0);
  }

  static Optional<Number> largest(Stream<Number> numbers) {
    return numbers.max(BY_SIZE);
  }

  static Optional<Number> median(Stream<Number> numbers) {
    double[] values = numbers.mapToDouble(Number::doubleValue).toArray();
    return values.length == 0
        ? Optional.empty()
        : Optional.of(Median.withDefaults().evaluate(values));
  }
}
