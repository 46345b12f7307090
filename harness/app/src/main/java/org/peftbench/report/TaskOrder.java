package org.peftbench.report;

import java.util.List;

/**
 * The tasks of one or more benchmarks, in the order that tables have.
 *
 * @param groups the groups, none of them empty, no task in two
 */
public record TaskOrder(List<TaskGroup> groups) {

  /** Copies the groups. */
  public TaskOrder {
    groups = List.copyOf(groups);
  }

  /** The benchmarks, in the order of their first groups. */
  List<String> suites() {
    return groups.stream().map(TaskGroup::suite).distinct().toList();
  }

  /** The groups of a benchmark. */
  List<TaskGroup> of(String suite) {
    return groups.stream().filter(group -> group.suite().equals(suite)).toList();
  }

  /** All tasks, group after group. */
  public List<String> tasks() {
    return groups.stream().flatMap(group -> group.tasks().stream()).toList();
  }
}
