package org.peftbench.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;

/**
 * One pass that cells shared. All its costs are in the record of each of its learners, and count
 * once.
 *
 * @param learners those whose records are there, in the order of their identities
 * @param began how many it began with
 * @param aloneSeconds of training its learners one by one, by cells that ran alone; empty if there
 *     is none of some learner's kind, or a learner's record is not there
 */
record Pass(List<CellRecord> learners, int began, Optional<Double> aloneSeconds) {

  /** What cells of one setting and machine shared, in the order of their identities. */
  static List<Pass> of(List<CellRecord> records) {
    Alone alone = new Alone(records);
    return records.stream()
        .filter(record -> record.sharedPass().isPresent())
        .sorted(Comparator.comparing(record -> RecordFolder.identity(record.cell())))
        .collect(
            groupingBy(
                Pass::identity,
                () -> new TreeMap<>(Comparator.comparing(Object::toString)),
                toList()))
        .entrySet()
        .stream()
        .map(pass -> of(pass.getValue(), pass.getKey().size(), alone))
        .toList();
  }

  private static Pass of(List<CellRecord> learners, int began, Alone alone) {
    return new Pass(
        learners,
        began,
        learners.size() == began ? alone.trainSeconds(learners) : Optional.empty());
  }

  /** The identities of all that it began with. */
  private static SortedSet<String> identity(CellRecord record) {
    SortedSet<String> all = new TreeSet<>(record.sharedPass().orElseThrow().with());
    all.add(RecordFolder.identity(record.cell()));
    return all;
  }

  /** Those that were trained to the end, and so tell of the whole pass. */
  List<CellRecord> succeeded() {
    return learners.stream().filter(record -> record.outcome().isPresent()).toList();
  }

  int failed() {
    return learners.size() - succeeded().size();
  }

  boolean tainted() {
    return learners.stream().anyMatch(record -> !record.taints().isEmpty());
  }

  /** What all learners took for themselves; empty if the record of one is not there. */
  Optional<Double> ownSeconds() {
    List<Double> seconds =
        learners.stream()
            .flatMap(learner -> Metrics.OWN_SECONDS.of(learner).stream())
            .map(Number::doubleValue)
            .toList();
    return seconds.size() == began
        ? Optional.of(seconds.stream().mapToDouble(Double::doubleValue).sum())
        : Optional.empty();
  }

  /** Its learners' methods: {@code 2 last, losa}. */
  String methods() {
    List<String> words = new ArrayList<>();
    learners.stream()
        .collect(
            groupingBy(
                record -> record.cell().method().acrossTasks().label(), TreeMap::new, counting()))
        .forEach((label, count) -> words.add(count == 1 ? label : count + " " + label));
    if (learners.size() < began) {
      words.add((began - learners.size()) + " without a record");
    }
    return Text.oneLine(String.join(", ", words));
  }

  /** Where its learners' features came from. */
  String features() {
    return learners.stream()
        .map(record -> Source.of(record.cell().protocol()).toString())
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
