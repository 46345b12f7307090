package org.peftbench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.peftbench.report.Table;
import org.peftbench.report.Text;

/** What a study's budget was worth. */
final class BudgetTables {

  private final Definition study;
  private final List<TunedFile> tuned;

  BudgetTables(Definition study, List<TunedFile> tuned) {
    this.study = study;
    this.tuned = tuned;
  }

  /** What so many trials are expected to find, and how long they take. */
  Table expectedBest(Map<String, Double> seconds) {
    List<List<String>> rows = new ArrayList<>();
    for (TunedFile file : tuned) {
      for (int trials = 1; ; trials = Math.min(2 * trials, study.trials())) {
        rows.add(
            List.of(
                file.method(),
                "" + trials,
                StudyTables.percent(expectedBest(file, trials)),
                Optional.ofNullable(seconds.get(file.method())).map(times(trials)).orElse("n/a")));
        if (trials == study.trials()) {
          break;
        }
      }
    }
    return new Table(
        "budget",
        "The best that so many trials are expected to find, and what they take",
        List.of("method", "trials", "accuracy", "training seconds"),
        rows,
        List.of(
            "accuracy on val200 with the seeds of the first rung, mean over tasks; a trial that"
                + " failed counts as 0; seconds are those of training on one task with one seed, of"
                + " a shared pass the trial's own and its share of the backbone's"));
  }

  private static Function<Double, String> times(int trials) {
    return one -> Text.fixed(trials * one, 2);
  }

  private double expectedBest(TunedFile file, int trials) {
    return study.tasks().keySet().stream()
        .mapToDouble(task -> Budget.expectedBest(firstRung(file, task), trials))
        .average()
        .orElseThrow();
  }

  private List<Double> firstRung(TunedFile file, String task) {
    List<Standing> standing = new Rungs(study, List.of(task)).first(file.trials());
    return Stream.concat(
            standing.stream().map(Standing::mean),
            Stream.generate(() -> 0.0).limit(study.trials() - (long) standing.size()))
        .toList();
  }

  /** Which dimension makes the difference; empty if there are too few trials to say. */
  Optional<Table> importance() {
    List<List<String>> rows = new ArrayList<>();
    for (TunedFile file : tuned) {
      for (Space.Dimension dimension : study.space().of(file.method())) {
        List<Double> shares =
            study.tasks().keySet().stream()
                .flatMap(
                    task ->
                        Budget.explained(
                            new Rungs(study, List.of(task)).first(file.trials()), dimension)
                            .stream())
                .toList();
        if (!shares.isEmpty()) {
          double mean = shares.stream().mapToDouble(share -> share).average().orElseThrow();
          rows.add(
              List.of(
                  file.method(),
                  dimension.name(),
                  dimension.range().toString(),
                  StudyTables.percent(100 * mean)));
        }
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "importance",
                "How much of the differences between trials goes with one dimension, in percent",
                List.of("method", "dimension", "tried", "explained"),
                rows,
                List.of(
                    "share of the variance of accuracies that lies between a dimension's values,"
                        + " those of intervals in three groups of equal size, mean over tasks; few"
                        + " trials explain some of it by chance")));
  }
}
