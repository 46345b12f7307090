package org.peftbench.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Outcome;

/**
 * A trial and what became of it.
 *
 * @param trial what was tried
 * @param trainableParameters values that it trains, without the head; 0 if it always failed
 * @param scores by task, in the order of the study's seeds; as many as its rungs let it have
 */
public record Tried(Trial trial, long trainableParameters, SortedMap<String, List<Score>> scores) {

  /** Copies the scores. */
  public Tried {
    SortedMap<String, List<Score>> copies = new TreeMap<>();
    scores.forEach((task, ofTask) -> copies.put(task, List.copyOf(ofTask)));
    scores = Collections.unmodifiableSortedMap(copies);
  }

  /** The scores on a task. */
  List<Score> on(String task) {
    return scores.getOrDefault(task, List.of());
  }

  /** Whether it failed on some of these tasks. */
  boolean failed(List<String> tasks) {
    return tasks.stream()
        .flatMap(task -> on(task).stream())
        .anyMatch(score -> score.failure().isPresent());
  }

  /** A trial before it has run. */
  public static Tried not(Trial trial) {
    return new Tried(trial, 0, new TreeMap<>());
  }

  /** The same with what another cell has come to. */
  public Tried with(CellRecord record) {
    SortedMap<String, List<Score>> more = new TreeMap<>(scores);
    List<Score> longer = new ArrayList<>(on(record.cell().task()));
    longer.add(Score.of(record));
    more.put(record.cell().task(), longer);
    long parameters =
        record.outcome().map(Outcome::trainableParameters).orElse(trainableParameters);
    return new Tried(trial, parameters, more);
  }
}
