package org.peftbench.tune;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The trial that won, on a task or on all of them.
 *
 * @param trial its number; 1 is the default
 * @param lr peak learning rate
 * @param weightDecay decoupled weight decay
 * @param options all hyper-parameters
 * @param mean accuracy in percent over seeds, and over tasks if it is for all
 * @param seeds that the mean is over
 * @param failedTrials trials of this method that failed
 * @param compared trials that came to the last rung without a failure
 * @param withinOneError how many of them are within a standard error of the best, itself included
 * @param edges what about it is the lowest or highest that was tried, such as {@code lr lowest}
 * @param defaultMean accuracy of the default with the same seeds; empty if that failed
 */
public record Choice(
    int trial,
    double lr,
    double weightDecay,
    SortedMap<String, String> options,
    double mean,
    int seeds,
    int failedTrials,
    int compared,
    int withinOneError,
    List<String> edges,
    Optional<Double> defaultMean) {

  /** Copies the options. */
  public Choice {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    edges = List.copyOf(edges);
  }

  /**
   * The choices of a method that follow from its trials.
   *
   * @return by task, or under {@link Definition#ALL_TASKS}; nothing where every trial failed
   */
  public static SortedMap<String, Choice> of(Definition study, String method, List<Tried> all) {
    SortedMap<String, Choice> choices = new TreeMap<>();
    study
        .groups()
        .forEach(
            (name, tasks) ->
                of(study, method, all, tasks).ifPresent(choice -> choices.put(name, choice)));
    return choices;
  }

  private static Optional<Choice> of(
      Definition study, String method, List<Tried> all, List<String> tasks) {
    List<Standing> ranked = new Rungs(study, tasks).atTheEnd(all);
    if (ranked.isEmpty()) {
      return Optional.empty();
    }
    Standing best = ranked.get(0);
    Trial trial = best.tried().trial();
    return Optional.of(
        new Choice(
            trial.number(),
            trial.lr(),
            trial.weightDecay(),
            trial.options(),
            best.mean(),
            study.seeds().size(),
            (int) all.stream().filter(one -> one.failed(tasks)).count(),
            ranked.size(),
            (int) ranked.stream().filter(one -> one.mean() >= best.mean() - best.error()).count(),
            Edges.of(study.space().of(method), trial, all),
            ranked.stream()
                .filter(one -> one.tried().trial().number() == 1)
                .map(Standing::mean)
                .findFirst()));
  }
}
