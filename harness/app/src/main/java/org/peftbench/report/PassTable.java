package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;

/** What shared passes of one setting cost on one machine: a row a kind, over tasks and seeds. */
record PassTable(Machine machine, List<Row> rows) {

  /**
   * The passes of the same methods, as many of each.
   *
   * @param methods of the learners: {@code 2 last, losa}
   * @param features where their features came from
   * @param learners that a pass began with, those that failed included
   * @param count passes that some learner saw to the end, which alone are counted
   * @param of passes there are
   * @param failed learners that did not succeed, of all passes
   * @param tainted passes counted whose times are suspect
   * @param metrics each metric's summary; empty if no pass has the metric
   * @param records names of the files that the numbers came from
   */
  record Row(
      String methods,
      String features,
      int learners,
      int count,
      int of,
      int failed,
      int tainted,
      Map<PassMetric, Optional<Number>> metrics,
      List<String> records) {}

  private record Kind(String methods, String features, int learners) {

    static final Comparator<Kind> ORDER =
        Comparator.comparing(Kind::methods)
            .thenComparing(Kind::features)
            .thenComparing(Kind::learners);

    static Kind of(Pass pass) {
      return new Kind(pass.methods(), pass.features(), pass.began());
    }
  }

  /** Makes one table a machine on which cells shared a pass. */
  static List<PassTable> of(List<CellRecord> records) {
    return records.stream().collect(groupingBy(Machine::of, toList())).entrySet().stream()
        .map(entry -> new PassTable(entry.getKey(), rows(entry.getValue())))
        .filter(table -> !table.rows.isEmpty())
        .sorted(Comparator.comparing(PassTable::machine))
        .toList();
  }

  private static List<Row> rows(List<CellRecord> records) {
    return Pass.of(records).stream().collect(groupingBy(Kind::of, toList())).entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Kind.ORDER))
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Row row(Kind kind, List<Pass> passes) {
    List<Pass> ended = passes.stream().filter(pass -> !pass.succeeded().isEmpty()).toList();
    Map<PassMetric, Optional<Number>> values = new LinkedHashMap<>();
    PassMetric.ALL.forEach(metric -> values.put(metric, metric.of(ended)));
    return new Row(
        kind.methods,
        kind.features,
        kind.learners,
        ended.size(),
        passes.size(),
        passes.stream().mapToInt(Pass::failed).sum(),
        (int) ended.stream().filter(Pass::tainted).count(),
        values,
        ended.stream()
            .flatMap(pass -> pass.learners().stream())
            .map(record -> RecordFolder.fileName(record.cell()))
            .sorted()
            .toList());
  }
}
