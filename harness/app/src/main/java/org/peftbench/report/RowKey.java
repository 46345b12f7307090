package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Study;
import org.peftbench.result.CellRecord;

/**
 * What the cells of a row have in common: all hyper-parameters, the source of features, and the
 * rate. A study may have chosen another rate for each task; then the row's rate is that choice.
 *
 * @param study that chose the rate; empty if none did
 * @param lr learning rate; empty if the study stands for it
 * @param weightDecay empty where the learning rate is
 */
record RowKey(
    MethodChoice method,
    Source features,
    Optional<Study> study,
    Optional<Double> lr,
    Optional<Double> weightDecay) {

  /** The rows of records, each in the order of task and seed. */
  static Map<RowKey, List<CellRecord>> group(List<CellRecord> records) {
    List<CellRecord> sorted =
        records.stream()
            .sorted(
                Comparator.comparing((CellRecord record) -> record.cell().task())
                    .thenComparing(record -> record.cell().seed()))
            .toList();
    Map<RowKey, List<CellRecord>> rows = new LinkedHashMap<>();
    by(RowKey::chosen, sorted)
        .forEach(
            (key, row) -> rows.putAll(eachOnce(row) ? Map.of(key, row) : by(RowKey::exact, row)));
    return rows;
  }

  private static Map<RowKey, List<CellRecord>> by(
      Function<CellRecord, RowKey> key, List<CellRecord> records) {
    return records.stream().collect(groupingBy(key, LinkedHashMap::new, toList()));
  }

  private static RowKey chosen(CellRecord record) {
    RowKey exact = exact(record);
    return exact.study.isEmpty()
        ? exact
        : new RowKey(exact.method, exact.features, exact.study, Optional.empty(), Optional.empty());
  }

  private static RowKey exact(CellRecord record) {
    Protocol protocol = record.cell().protocol();
    return new RowKey(
        record.cell().method().acrossTasks(),
        Source.of(protocol),
        protocol.study(),
        Optional.of(protocol.lr()),
        Optional.of(protocol.weightDecay()));
  }

  /** Whether no seed of a task comes twice: one study chooses one rate for a task. */
  private static boolean eachOnce(List<CellRecord> row) {
    Set<List<Object>> seen = new HashSet<>();
    return row.stream()
        .map(CellRecord::cell)
        .allMatch(cell -> seen.add(List.of(cell.task(), cell.dataSha256(), cell.seed())));
  }

  /** What tells it from other rows of its method: {@code (lr 0.01, weight decay 0.05)}. */
  String rate(Collection<RowKey> all) {
    List<RowKey> alike =
        all.stream()
            .filter(other -> other.method.equals(method) && other.features.equals(features))
            .toList();
    List<String> words = new ArrayList<>();
    if (differ(alike, RowKey::study)) {
      study.ifPresent(chose -> words.add("study " + name(chose, alike)));
    }
    if (differ(alike, RowKey::lr)) {
      lr.ifPresent(rate -> words.add("lr " + Text.exact(rate)));
    }
    if (differ(
        alike.stream().filter(other -> other.lr.isPresent()).toList(), RowKey::weightDecay)) {
      weightDecay.ifPresent(decay -> words.add("weight decay " + Text.exact(decay)));
    }
    return words.isEmpty() ? "" : " (" + String.join(", ", words) + ")";
  }

  private static String name(Study study, List<RowKey> alike) {
    boolean unique =
        alike.stream()
            .flatMap(other -> other.study.stream())
            .allMatch(other -> other.equals(study) || !other.name().equals(study.name()));
    return unique ? study.name() : study.name() + " " + Setting.prefix(study.sha256());
  }

  private static boolean differ(List<RowKey> keys, Function<RowKey, Object> part) {
    return keys.stream().map(part).distinct().count() > 1;
  }
}
