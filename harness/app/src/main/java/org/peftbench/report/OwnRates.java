package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.peftbench.cell.Protocol;
import org.peftbench.result.CellRecord;

/** The rates that methods of one table have of their own, for its caption. */
final class OwnRates {

  /** More of one method are told by the first and the last of them. */
  private static final int MOST_LISTED = 4;

  private OwnRates() {}

  /** Such as {@code lr of each method (full 0.0005 last by task lora 0.003/0.01)}. */
  static String lr(List<CellRecord> records) {
    return "lr of each method (" + ofEach(records, Protocol::lr) + ")";
  }

  /** The same of weight decay, or the one that all have. */
  static String weightDecay(List<CellRecord> records) {
    List<Double> all = distinct(records, Protocol::weightDecay);
    return all.size() == 1
        ? "weight decay " + Text.exact(all.get(0))
        : "weight decay of each method (" + ofEach(records, Protocol::weightDecay) + ")";
  }

  private static String ofEach(List<CellRecord> records, Function<Protocol, Double> rate) {
    return MethodRow.of(records).stream()
        .collect(groupingBy(row -> row.method().id(), TreeMap::new, toList()))
        .entrySet()
        .stream()
        .map(method -> method.getKey() + " " + words(method.getValue(), rate))
        .collect(Collectors.joining(" "));
  }

  /** Of the rows of one method. */
  private static String words(List<MethodRow> rows, Function<Protocol, Double> rate) {
    List<CellRecord> common = new ArrayList<>();
    for (MethodRow row : rows) {
      if (distinct(row.records(), rate).size() == 1) {
        common.addAll(row.records());
      }
    }
    List<String> words =
        distinct(common, rate).stream().map(Text::exact).collect(Collectors.toList());
    if (words.size() > MOST_LISTED) {
      words = new ArrayList<>(List.of(words.get(0) + " to " + words.get(words.size() - 1)));
    }
    if (rows.stream().anyMatch(row -> distinct(row.records(), rate).size() > 1)) {
      words.add("by task");
    }
    return String.join("/", words);
  }

  private static List<Double> distinct(List<CellRecord> records, Function<Protocol, Double> rate) {
    return records.stream()
        .map(record -> rate.apply(record.cell().protocol()))
        .distinct()
        .sorted()
        .toList();
  }
}
