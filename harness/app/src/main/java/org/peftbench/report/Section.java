package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.cell.MethodChoice;
import org.peftbench.result.CellRecord;

/**
 * One setting and its tables.
 *
 * @param caption the setting in words
 * @param dataSha256 each task's data
 * @param notes what a reader must know of a method in the tables, by its id
 */
record Section(
    Caption caption,
    Setting setting,
    Map<String, String> dataSha256,
    AccuracyTable accuracy,
    List<CostTable> costs,
    List<PassTable> sharedPasses,
    List<EdgeTable> edges,
    Map<String, String> notes) {

  /** Makes one section a setting, in the order of their captions. */
  static List<Section> of(
      List<CellRecord> records, TaskOrder order, Map<String, String> notes, List<Metric> metrics) {
    List<Section> sections = new ArrayList<>();
    records.stream()
        .collect(groupingBy(record -> Setting.of(record.cell()), toList()))
        .forEach(
            (setting, ofSetting) -> {
              List<List<CellRecord>> parts = DataVariants.part(ofSetting);
              for (List<CellRecord> part : parts) {
                sections.add(
                    new Section(
                        new Caption(
                            Stream.concat(setting.words(ofSetting).stream(), otherData(part, parts))
                                .toList()),
                        setting,
                        DataVariants.hashes(part),
                        AccuracyTable.of(part, order),
                        CostTable.of(part, metrics),
                        PassTable.of(part),
                        EdgeTable.of(part, setting.backbone(), order),
                        notesOn(part, notes)));
              }
            });
    sections.sort(Comparator.comparing(section -> section.caption().toString()));
    return List.copyOf(sections);
  }

  Section withoutCosts() {
    return new Section(
        caption, setting, dataSha256, accuracy, List.of(), List.of(), List.of(), notes);
  }

  /** Names the data of tasks that another part has with other data. */
  private static Stream<String> otherData(List<CellRecord> part, List<List<CellRecord>> parts) {
    return DataVariants.hashes(part).entrySet().stream()
        .filter(
            entry ->
                parts.stream()
                    .map(other -> DataVariants.hashes(other).getOrDefault(entry.getKey(), ""))
                    .anyMatch(hash -> !hash.isEmpty() && !hash.equals(entry.getValue())))
        .map(
            entry ->
                Text.oneLine(entry.getKey())
                    + " data "
                    + Text.oneLine(Setting.prefix(entry.getValue())));
  }

  private static Map<String, String> notesOn(List<CellRecord> records, Map<String, String> notes) {
    Map<String, String> found = new TreeMap<>(notes);
    found
        .keySet()
        .retainAll(
            records.stream()
                .map(record -> record.cell().method().id())
                .collect(Collectors.toSet()));
    jars(records)
        .forEach(
            (id, hashes) ->
                found.merge(
                    id,
                    "from a jar with the SHA-256 " + String.join(" or ", hashes),
                    (said, jar) -> jar + "; " + said));
    found.replaceAll((id, note) -> Text.note(note));
    return found;
  }

  /** The hashes of the jars that methods come from, by the methods' ids. */
  private static Map<String, Set<String>> jars(List<CellRecord> records) {
    Map<String, Set<String>> jars = new TreeMap<>();
    for (CellRecord record : records) {
      MethodChoice method = record.cell().method();
      method
          .plugin()
          .ifPresent(hash -> jars.computeIfAbsent(method.id(), id -> new TreeSet<>()).add(hash));
    }
    return jars;
  }
}
