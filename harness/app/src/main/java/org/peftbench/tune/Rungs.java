package org.peftbench.tune;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rungs of a study for one method and group of tasks: all trials run with the seeds of the
 * first, and after each the best go on, so many that all their seeds cost as much as the rung
 * before. One that failed does not go on; the default does, so that there is something to compare
 * with.
 */
public final class Rungs {

  private final List<Integer> rungs;
  private final List<String> tasks;

  /** The rungs of a study on a group of its tasks. */
  public Rungs(Definition study, List<String> tasks) {
    this.rungs = study.rungs();
    this.tasks = List.copyOf(tasks);
  }

  /**
   * The trials that a rung has.
   *
   * @param rung from 0
   * @param all of a method, each with the scores of all rungs before that it reached
   */
  public List<Tried> reaching(int rung, List<Tried> all) {
    if (rung == 0) {
      return all;
    }
    int seeds = rungs.get(rung - 1);
    List<Tried> before = reaching(rung - 1, all);
    int places = (before.size() * seeds + rungs.get(rung) - 1) / rungs.get(rung);
    List<Tried> best = ranked(before, seeds).limit(places).map(Standing::tried).toList();
    return before.stream()
        .filter(one -> best.contains(one) || (isDefault(one) && !failed(one, seeds)))
        .toList();
  }

  /** Those that have come to the end without a failure, the best first. */
  List<Standing> atTheEnd(List<Tried> all) {
    int last = rungs.size() - 1;
    return ranked(reaching(last, all), rungs.get(last)).toList();
  }

  /** All trials that did not fail, with the seeds that all have. */
  List<Standing> first(List<Tried> all) {
    return ranked(all, rungs.get(0)).toList();
  }

  private Stream<Standing> ranked(List<Tried> trials, int seeds) {
    return trials.stream()
        .filter(one -> !failed(one, seeds))
        .map(one -> Standing.of(one, tasks, seeds))
        .sorted(Standing.BEST_FIRST);
  }

  private boolean failed(Tried one, int seeds) {
    return tasks.stream()
        .flatMap(task -> one.on(task).stream().limit(seeds))
        .anyMatch(score -> score.failure().isPresent());
  }

  private static boolean isDefault(Tried one) {
    return one.trial().number() == 1;
  }
}
