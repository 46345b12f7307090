package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Protocol;
import org.peftbench.result.CellRecord;

/**
 * The records of one method, with all its hyper-parameters, one source of features and one learning
 * rate.
 *
 * @param label what the row is called; no other row of the table is called the same
 * @param records in the order of task and seed
 */
record MethodRow(String label, MethodChoice method, Features features, List<CellRecord> records) {

  private record Key(MethodChoice method, Features features, double lr) {

    static Key of(CellRecord record) {
      Protocol protocol = record.cell().protocol();
      return new Key(record.cell().method().acrossTasks(), protocol.features(), protocol.lr());
    }

    boolean differsInLrAlone(Key other) {
      return method.equals(other.method) && features == other.features && lr != other.lr;
    }
  }

  /** The rows of a table, in the order of their labels. */
  static List<MethodRow> of(List<CellRecord> records) {
    Map<Key, List<CellRecord>> byKey =
        records.stream()
            .sorted(
                Comparator.comparing((CellRecord record) -> record.cell().task())
                    .thenComparing(record -> record.cell().seed()))
            .collect(groupingBy(Key::of, LinkedHashMap::new, toList()));
    return byKey.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue(), byKey))
        .sorted(Comparator.comparing(MethodRow::label))
        .toList();
  }

  private static MethodRow row(
      Key key, List<CellRecord> records, Map<Key, List<CellRecord>> byKey) {
    boolean sameMethodOtherFeatures =
        byKey.keySet().stream()
            .anyMatch(other -> other.method.equals(key.method) && other.features != key.features);
    boolean mixedSideMethods =
        byKey.entrySet().stream()
                .filter(entry -> isSide(entry.getValue()))
                .map(entry -> entry.getKey().features)
                .distinct()
                .count()
            > 1;
    String label = label(key.method, byKey);
    if (sameMethodOtherFeatures || (mixedSideMethods && isSide(records))) {
      label += " (" + key.features + ")";
    }
    if (byKey.keySet().stream().anyMatch(key::differsInLrAlone)) {
      label += " (lr " + Text.exact(key.lr) + ")";
    }
    return new MethodRow(Text.oneLine(label), key.method, key.features, List.copyOf(records));
  }

  /** All options, or the jar, where only these tell two rows apart. */
  private static String label(MethodChoice method, Map<Key, List<CellRecord>> byKey) {
    List<MethodChoice> alike =
        byKey.keySet().stream()
            .map(Key::method)
            .filter(other -> other.label().equals(method.label()))
            .toList();
    boolean sameOptions = alike.stream().allMatch(o -> o.options().equals(method.options()));
    boolean sameJar = alike.stream().allMatch(o -> o.plugin().equals(method.plugin()));
    String label =
        sameOptions
            ? method.label()
            : method.options().entrySet().stream()
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(",", method.id() + "[", "]"));
    return sameJar
        ? label
        : label + method.plugin().map(hash -> " (jar " + Setting.prefix(hash) + ")").orElse("");
  }

  private static boolean isSide(List<CellRecord> records) {
    return records.stream()
        .flatMap(record -> record.outcome().stream())
        .anyMatch(outcome -> outcome.transferBytesPerImage() > 0);
  }
}
