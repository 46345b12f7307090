package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.peftbench.result.CellRecord;

/**
 * Parts records whose tasks have the same name but other data.
 *
 * <p>Within a part every task has one data hash. A task's hashes go to the parts in the order in
 * which they were first run, so that two runs on two copies of the data come out as two parts.
 */
final class DataVariants {

  private DataVariants() {}

  static List<List<CellRecord>> part(List<CellRecord> records) {
    List<List<CellRecord>> parts = new ArrayList<>();
    for (List<CellRecord> ofTask : groups(records, record -> record.cell().task())) {
      List<List<CellRecord>> variants =
          new ArrayList<>(groups(ofTask, record -> record.cell().dataSha256()));
      variants.sort(Comparator.comparing(DataVariants::firstStart));
      for (int i = 0; i < variants.size(); i++) {
        if (parts.size() == i) {
          parts.add(new ArrayList<>());
        }
        parts.get(i).addAll(variants.get(i));
      }
    }
    return parts;
  }

  /** Each task's data hash, of records that are one part. */
  static Map<String, String> hashes(List<CellRecord> part) {
    Map<String, String> hashes = new TreeMap<>();
    part.forEach(record -> hashes.put(record.cell().task(), record.cell().dataSha256()));
    return hashes;
  }

  private static List<List<CellRecord>> groups(
      List<CellRecord> records, Function<CellRecord, String> key) {
    return List.copyOf(records.stream().collect(groupingBy(key, TreeMap::new, toList())).values());
  }

  private static String firstStart(List<CellRecord> records) {
    return records.stream()
        .map(record -> record.provenance().startedAt())
        .min(Comparator.naturalOrder())
        .orElse("");
  }
}
