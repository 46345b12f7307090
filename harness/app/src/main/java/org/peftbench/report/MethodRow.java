package org.peftbench.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Study;
import org.peftbench.result.CellRecord;

/**
 * The records of one method, with all its hyper-parameters, one source of features and one learning
 * rate, or one study that chose rates.
 *
 * @param label what the row is called; no other row of the table is called the same
 * @param untuned whether nobody chose the learning rate of some of its cells
 * @param study that chose the learning rate; empty if none did
 * @param records in the order of task and seed
 */
record MethodRow(
    String label,
    MethodChoice method,
    Source features,
    boolean untuned,
    Optional<Study> study,
    List<CellRecord> records) {

  /** What stands behind the label of a row whose learning rate nobody chose. */
  static final String UNTUNED = " (untuned)";

  /** The rows of a table, in the order of their labels. */
  static List<MethodRow> of(List<CellRecord> records) {
    Map<RowKey, List<CellRecord>> byKey = RowKey.group(records);
    return byKey.entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue(), byKey))
        .sorted(Comparator.comparing(MethodRow::label))
        .toList();
  }

  /** A label as a table shows it. */
  static String marked(String label, boolean untuned) {
    return untuned ? label + UNTUNED : label;
  }

  private static MethodRow row(
      RowKey key, List<CellRecord> records, Map<RowKey, List<CellRecord>> byKey) {
    boolean sameMethodOtherFeatures =
        byKey.keySet().stream()
            .anyMatch(
                other ->
                    other.method().equals(key.method())
                        && !other.features().equals(key.features()));
    boolean mixedSideMethods =
        byKey.entrySet().stream()
                .filter(entry -> isSide(entry.getValue()))
                .map(entry -> entry.getKey().features())
                .distinct()
                .count()
            > 1;
    String label = label(key.method(), byKey.keySet());
    if (sameMethodOtherFeatures || (mixedSideMethods && isSide(records))) {
      label += " (" + key.features() + ")";
    }
    label = Text.oneLine(label + key.rate(byKey.keySet()));
    boolean untuned = records.stream().anyMatch(record -> record.cell().protocol().untuned());
    return new MethodRow(
        marked(label, untuned),
        key.method(),
        key.features(),
        untuned,
        key.study(),
        List.copyOf(records));
  }

  /** All options, or the jar, where only these tell two rows apart. */
  private static String label(MethodChoice method, Collection<RowKey> all) {
    List<MethodChoice> alike =
        all.stream()
            .map(RowKey::method)
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
