package org.peftbench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.peftbench.report.TaskGroup;
import org.peftbench.report.TaskOrder;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;

/** The order of tasks and groups in tables. */
final class Tasks {

  private Tasks() {}

  static TaskOrder order() {
    return new TaskOrder(
        Stream.concat(
                groups("vtab", TaskCatalog.vtab()).stream(),
                groups("pocket", TaskCatalog.pocket()).stream())
            .toList());
  }

  private static List<TaskGroup> groups(String suite, List<Task> tasks) {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Task task : tasks) {
      groups.computeIfAbsent(task.group().word(), group -> new ArrayList<>()).add(task.name());
    }
    return groups.entrySet().stream()
        .map(entry -> new TaskGroup(suite, entry.getKey(), entry.getValue()))
        .toList();
  }
}
