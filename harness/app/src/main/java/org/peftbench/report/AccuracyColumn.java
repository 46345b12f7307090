package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A column of the accuracy table is the mean over its parts of the mean over each part's tasks. A
 * single task, a mean over tasks and a mean over group means are all of this shape.
 *
 * @param name what stands above it
 * @param heading the group above that; empty for tasks outside the benchmark
 * @param task whether it is one task, and counts seeds; a mean counts parts
 */
record AccuracyColumn(String name, String heading, boolean task, List<List<String>> parts) {

  private static final String MEANS = "mean";

  /** The columns for tasks that some record has. */
  static List<AccuracyColumn> of(Set<String> present, TaskOrder order) {
    List<AccuracyColumn> columns = new ArrayList<>();
    for (TaskOrder.Group group : order.groups()) {
      group.tasks().stream()
          .filter(present::contains)
          .forEach(task -> columns.add(task(task, group.name())));
    }
    present.stream()
        .filter(task -> !order.tasks().contains(task))
        .sorted()
        .forEach(task -> columns.add(task(task, "")));
    List<AccuracyColumn> means = benchmarkMeans(present, order);
    columns.addAll(means.isEmpty() ? List.of(plainMean(columns)) : means);
    return columns;
  }

  /** Means of each benchmark that has a group with all its tasks present. */
  private static List<AccuracyColumn> benchmarkMeans(Set<String> present, TaskOrder order) {
    List<String> suites =
        order.suites().stream()
            .filter(
                suite ->
                    order.of(suite).stream().anyMatch(group -> present.containsAll(group.tasks())))
            .toList();
    List<AccuracyColumn> means = new ArrayList<>();
    for (String suite : suites) {
      String prefix = suites.size() > 1 ? suite + " " : "";
      List<TaskOrder.Group> groups = order.of(suite);
      groups.stream()
          .filter(group -> group.tasks().stream().anyMatch(present::contains))
          .forEach(group -> means.add(mean(prefix + group.name(), singly(group.tasks()))));
      List<List<String>> parts = groups.stream().map(TaskOrder.Group::tasks).toList();
      List<String> tasks = parts.stream().flatMap(List::stream).toList();
      means.add(mean(prefix + "mean of groups", parts));
      means.add(mean(prefix + "mean of " + tasks.size(), singly(tasks)));
    }
    return means;
  }

  private static AccuracyColumn plainMean(List<AccuracyColumn> tasks) {
    String name = "mean (" + tasks.size() + (tasks.size() == 1 ? " task)" : " tasks)");
    return mean(name, singly(tasks.stream().map(AccuracyColumn::name).toList()));
  }

  private static AccuracyColumn task(String name, String heading) {
    return new AccuracyColumn(name, heading, true, singly(List.of(name)));
  }

  private static AccuracyColumn mean(String name, List<List<String>> parts) {
    return new AccuracyColumn(name, MEANS, false, parts);
  }

  private static List<List<String>> singly(List<String> tasks) {
    return tasks.stream().map(List::of).toList();
  }
}
