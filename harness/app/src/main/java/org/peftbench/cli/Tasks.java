package org.peftbench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peftbench.report.TaskGroup;
import org.peftbench.report.TaskOrder;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;

/** The order of tasks and groups in tables. */
final class Tasks {

  private Tasks() {}

  static TaskOrder order() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (Task task : TaskCatalog.vtab()) {
      groups.computeIfAbsent(task.group().word(), group -> new ArrayList<>()).add(task.name());
    }
    return new TaskOrder(
        groups.entrySet().stream()
            .map(entry -> new TaskGroup(entry.getKey(), entry.getValue()))
            .toList());
  }
}
