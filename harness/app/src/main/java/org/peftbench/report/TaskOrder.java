package org.peftbench.report;

import java.util.List;

/**
 * The tasks of a benchmark, in the order that its tables have.
 *
 * @param groups the groups, none of them empty, no task in two
 */
public record TaskOrder(List<TaskGroup> groups) {

  /** Copies the groups. */
  public TaskOrder {
    groups = List.copyOf(groups);
  }

  /** All tasks, group after group. */
  public List<String> tasks() {
    return groups.stream().flatMap(group -> group.tasks().stream()).toList();
  }
}
