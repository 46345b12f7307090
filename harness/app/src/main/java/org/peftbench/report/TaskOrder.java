package org.peftbench.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;

/**
 * The tasks of one or more benchmarks, in the order that tables have.
 *
 * @param groups the groups, none of them empty, no task in two
 */
public record TaskOrder(List<Group> groups) {

  /**
   * Tasks that share a mean.
   *
   * @param suite the benchmark it is of, such as {@code vtab}
   * @param name such as {@code natural}
   * @param tasks canonical task names, in the order of the columns
   */
  public record Group(String suite, String name, List<String> tasks) {

    /** Copies the tasks. */
    public Group {
      tasks = List.copyOf(tasks);
    }
  }

  /** Copies the groups. */
  public TaskOrder {
    groups = List.copyOf(groups);
  }

  /** The order of all tasks that are known by name: VTAB's, then pocket's. */
  public static TaskOrder known() {
    List<Group> groups = new ArrayList<>();
    add("vtab", TaskCatalog.vtab(), groups);
    add("pocket", TaskCatalog.pocket(), groups);
    return new TaskOrder(groups);
  }

  private static void add(String suite, List<Task> tasks, List<Group> groups) {
    tasks.stream()
        .collect(
            groupingBy(
                task -> task.group().word(), LinkedHashMap::new, mapping(Task::name, toList())))
        .forEach((name, names) -> groups.add(new Group(suite, name, names)));
  }

  /** The benchmarks, in the order of their first groups. */
  List<String> suites() {
    return groups.stream().map(Group::suite).distinct().toList();
  }

  /** The groups of a benchmark. */
  List<Group> of(String suite) {
    return groups.stream().filter(group -> group.suite().equals(suite)).toList();
  }

  /** All tasks, group after group. */
  public List<String> tasks() {
    return groups.stream().flatMap(group -> group.tasks().stream()).toList();
  }
}
