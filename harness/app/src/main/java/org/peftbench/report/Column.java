package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A column of the accuracy table: the mean over its parts of the mean over each part's tasks. A
 * single task, a mean over tasks and a mean over group means are all of this shape.
 *
 * @param name what stands above it
 * @param heading the group above that; empty for tasks outside the benchmark
 * @param task whether it is one task, and counts seeds; a mean counts parts
 */
record Column(String name, String heading, boolean task, List<List<String>> parts) {

  private static final String MEANS = "mean";

  /** The columns for tasks that some record has. */
  static List<Column> of(Set<String> present, TaskOrder order) {
    List<Column> columns = new ArrayList<>();
    List<TaskGroup> groups = new ArrayList<>();
    for (TaskGroup group : order.groups()) {
      List<String> tasks = group.tasks().stream().filter(present::contains).toList();
      tasks.forEach(task -> columns.add(task(task, group.name())));
      if (!tasks.isEmpty()) {
        groups.add(group);
      }
    }
    present.stream()
        .filter(task -> !order.tasks().contains(task))
        .sorted()
        .forEach(task -> columns.add(task(task, "")));
    columns.addAll(
        groups.stream().anyMatch(group -> present.containsAll(group.tasks()))
            ? benchmarkMeans(groups, order)
            : List.of(plainMean(columns)));
    return columns;
  }

  private static List<Column> benchmarkMeans(List<TaskGroup> groups, TaskOrder order) {
    List<Column> means = new ArrayList<>();
    groups.forEach(group -> means.add(mean(group.name(), singly(group.tasks()))));
    means.add(mean("mean of groups", order.groups().stream().map(TaskGroup::tasks).toList()));
    means.add(mean("mean of " + order.tasks().size(), singly(order.tasks())));
    return means;
  }

  private static Column plainMean(List<Column> tasks) {
    String name = "mean (" + tasks.size() + (tasks.size() == 1 ? " task)" : " tasks)");
    return mean(name, singly(tasks.stream().map(Column::name).toList()));
  }

  private static Column task(String name, String heading) {
    return new Column(name, heading, true, singly(List.of(name)));
  }

  private static Column mean(String name, List<List<String>> parts) {
    return new Column(name, MEANS, false, parts);
  }

  private static List<List<String>> singly(List<String> tasks) {
    return tasks.stream().map(List::of).toList();
  }
}
