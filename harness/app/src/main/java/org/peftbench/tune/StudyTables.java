package org.peftbench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.report.Table;
import org.peftbench.report.Text;

/** What a study tells: what it chose, against the defaults, at what budget, and all its trials. */
public final class StudyTables {

  private final Definition study;
  private final List<TunedFile> tuned;

  private StudyTables(Definition study, List<TunedFile> tuned) {
    this.study = study;
    this.tuned = List.copyOf(tuned);
  }

  /**
   * Makes the tables.
   *
   * @param tuned a file for each method
   * @param seconds of training that a trial of each method took on average
   */
  public static List<Table> of(
      Definition study, List<TunedFile> tuned, Map<String, Double> seconds) {
    StudyTables tables = new StudyTables(study, tuned);
    List<Table> all = new ArrayList<>();
    all.add(tables.chosen());
    all.add(tables.againstDefault());
    BudgetTables budget = new BudgetTables(study, tables.tuned);
    all.add(budget.expectedBest(seconds));
    budget.importance().ifPresent(all::add);
    all.add(tables.trials());
    return all;
  }

  private Table chosen() {
    List<List<String>> rows = new ArrayList<>();
    for (TunedFile file : tuned) {
      for (String task : study.groups().keySet()) {
        rows.add(
            Optional.ofNullable(file.choices().get(task))
                .map(choice -> row(file, task, choice))
                .orElseGet(() -> none(file, task)));
      }
    }
    return new Table(
        "chosen",
        "What the study " + study.name() + " chose on val200",
        List.of(
            "method",
            "task",
            "trial",
            "lr",
            "weight decay",
            "options",
            "accuracy",
            "within 1 SE",
            "failed",
            "at an edge"),
        rows,
        List.of(
            "each method had %d trials (%s, the first is the default); seeds %s by rungs of %s"
                .formatted(
                    study.trials(), study.search(), words(study.seeds()), words(study.rungs())),
            "within 1 SE: how many of those that came to the last rung are within one standard"
                + " error of the best, itself included; the error is that of judging so many"
                + " images",
            "failed: trials of the method that failed, of all its trials"));
  }

  private List<String> row(TunedFile file, String task, Choice choice) {
    return List.of(
        file.method(),
        task,
        "" + choice.trial(),
        Text.exact(choice.lr()),
        Text.exact(choice.weightDecay()),
        options(file.method(), choice.options()),
        percent(choice.mean()),
        choice.withinOneError() + " of " + choice.compared(),
        choice.failedTrials() + " of " + study.trials(),
        String.join(", ", choice.edges()));
  }

  private List<String> none(TunedFile file, String task) {
    String trials = study.trials() + "";
    return List.of(file.method(), task, "none", "", "", "", "", "", trials + " of " + trials, "");
  }

  private Table againstDefault() {
    List<List<String>> rows = new ArrayList<>();
    for (TunedFile file : tuned) {
      file.choices()
          .forEach(
              (task, choice) ->
                  rows.add(
                      List.of(
                          file.method(),
                          task,
                          choice.defaultMean().map(StudyTables::percent).orElse("failed"),
                          percent(choice.mean()),
                          choice
                              .defaultMean()
                              .map(usual -> percent(choice.mean() - usual))
                              .orElse("n/a"))));
    }
    return new Table(
        "default-against-tuned",
        "Accuracy on val200 in percent, by default and tuned",
        List.of("method", "task", "default", "tuned", "gain"),
        rows,
        List.of(
            "the best of many is the best on these images by chance too: what is gained elsewhere"
                + " is less; bench tune --then run judges it on the test split"));
  }

  private Table trials() {
    List<String> tasks = List.copyOf(study.tasks().keySet());
    List<List<String>> rows = new ArrayList<>();
    for (TunedFile file : tuned) {
      for (Tried tried : file.trials()) {
        List<String> row = new ArrayList<>();
        row.add(file.method());
        row.add("" + tried.trial().number());
        row.add(Text.exact(tried.trial().lr()));
        row.add(Text.exact(tried.trial().weightDecay()));
        row.add(options(file.method(), tried.trial().options()));
        tasks.forEach(task -> row.add(words(tried, task)));
        rows.add(row);
      }
    }
    return new Table(
        "trials",
        "Accuracy of all trials on val200 in percent, mean over the seeds that they had",
        Stream.concat(Stream.of("method", "trial", "lr", "weight decay", "options"), tasks.stream())
            .toList(),
        rows,
        List.of("in brackets the number of seeds, or why a trial failed"));
  }

  private static String words(Tried tried, String task) {
    List<Score> scores = tried.on(task);
    return scores.stream()
        .flatMap(score -> score.failure().stream())
        .findFirst()
        .map(reason -> "failed (" + reason + ")")
        .orElseGet(
            () ->
                percent(Standing.of(tried, List.of(task), scores.size()).mean())
                    + " ("
                    + scores.size()
                    + ")");
  }

  /** Those that were tuned; the others are the method's own. */
  private String options(String method, SortedMap<String, String> options) {
    return study.space().options(method).keySet().stream()
        .map(name -> name + "=" + options.get(name))
        .collect(Collectors.joining(" "));
  }

  private static String words(List<?> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  static String percent(double value) {
    return Text.fixed(value, 2);
  }
}
