package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.peftbench.cell.Study;

/** Notes under a table on who chose its learning rates. */
final class TuningNotes {

  private static final String UNTUNED =
      "untuned: as far as its records tell, nobody chose its learning rate, neither a study on val200"
          + " nor who ran it; bench tune does";

  private TuningNotes() {}

  /** A note a study, with the ids of its methods, after one for rows that no study is behind. */
  static List<String> of(List<AccuracyTable.Row> rows) {
    List<String> notes = new ArrayList<>();
    if (rows.stream().anyMatch(AccuracyTable.Row::untuned)) {
      notes.add(UNTUNED);
    }
    SortedMap<Study, SortedSet<String>> studies =
        rows.stream()
            .filter(row -> row.study().isPresent())
            .collect(
                groupingBy(
                    row -> row.study().orElseThrow(),
                    () -> new TreeMap<>(Comparator.comparing(TuningNotes::words)),
                    mapping(AccuracyTable.Row::id, toCollection(TreeSet::new))));
    studies.forEach(
        (study, ids) ->
            notes.add(String.join(", ", ids) + ": rate chosen by study " + words(study)));
    return notes.stream().map(Text::note).toList();
  }

  /** Name, budget and as much of the hash as people compare. */
  static String words(Study study) {
    return "%s (%s, sha256 %s)"
        .formatted(study.name(), study.budget(), Setting.prefix(study.sha256()));
  }
}
