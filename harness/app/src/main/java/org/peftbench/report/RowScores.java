package org.peftbench.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.RecordFolder;

/** The accuracies of one row, from which each column takes its number. */
final class RowScores {

  private final List<CellRecord> records;
  private final SortedSet<Long> seeds = new TreeSet<>();
  private final Map<String, SortedMap<Long, Double>> accuracies = new TreeMap<>();

  RowScores(List<CellRecord> records) {
    this.records = records;
    for (CellRecord record : records) {
      long seed = record.cell().seed();
      seeds.add(seed);
      SortedMap<Long, Double> ofTask =
          accuracies.computeIfAbsent(record.cell().task(), task -> new TreeMap<>());
      Reading.accuracy(record).ifPresent(accuracy -> ofTask.put(seed, accuracy));
    }
  }

  /** All seeds of the row; a task that lacks one is not whole. */
  SortedSet<Long> seeds() {
    return seeds;
  }

  Score score(AccuracyColumn column) {
    return column.task() ? task(column.name()) : mean(column.parts());
  }

  private Score task(String task) {
    List<CellRecord> cells = recordsOf(task::equals);
    double[] values = ofTask(task).values().stream().mapToDouble(Double::doubleValue).toArray();
    Optional<Failure.Reason> reason =
        cells.stream().flatMap(cell -> cell.failure().stream()).map(Failure::reason).findFirst();
    return score(values, values.length, seeds.size(), reason, cells);
  }

  /**
   * Parts in which a seed of a task is missing are left out, for a mean over other seeds would be
   * another mean; the count says so.
   */
  private Score mean(List<List<String>> parts) {
    List<List<String>> whole =
        parts.stream()
            .filter(part -> part.stream().allMatch(task -> ofTask(task).size() == seeds.size()))
            .toList();
    double[] bySeed =
        whole.isEmpty()
            ? new double[0]
            : seeds.stream().mapToDouble(seed -> meanOfMeans(whole, seed)).toArray();
    return score(
        bySeed,
        whole.size(),
        parts.size(),
        Optional.empty(),
        recordsOf(task -> whole.stream().anyMatch(part -> part.contains(task))));
  }

  private double meanOfMeans(List<List<String>> parts, long seed) {
    return Mean.of(
            parts.stream()
                .mapToDouble(
                    part ->
                        Mean.of(
                                part.stream()
                                    .mapToDouble(task -> ofTask(task).getOrDefault(seed, 0.0))
                                    .toArray())
                            .getAsDouble())
                .toArray())
        .getAsDouble();
  }

  private static Score score(
      double[] values, int count, int of, Optional<Failure.Reason> reason, List<CellRecord> cells) {
    return new Score(
        values.length == 0 ? Optional.empty() : Optional.of(Mean.of(values).getAsDouble()),
        values.length < 2
            ? Optional.empty()
            : Optional.of(StandardDeviation.of(values).getAsDouble()),
        count,
        of,
        reason,
        cells.stream().flatMap(RowScores::failure).toList(),
        cells.stream().map(cell -> RecordFolder.fileName(cell.cell())).sorted().toList());
  }

  private static Stream<String> failure(CellRecord cell) {
    return cell.failure().stream()
        .map(
            failure ->
                "seed "
                    + cell.cell().seed()
                    + ": "
                    + failure.reason()
                    + ": "
                    + Text.oneLine(failure.message()));
  }

  private SortedMap<Long, Double> ofTask(String task) {
    return accuracies.getOrDefault(task, new TreeMap<>());
  }

  private List<CellRecord> recordsOf(Predicate<String> tasks) {
    return records.stream().filter(record -> tasks.test(record.cell().task())).toList();
  }
}
