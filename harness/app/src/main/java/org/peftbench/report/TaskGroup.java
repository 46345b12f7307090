package org.peftbench.report;

import java.util.List;

/**
 * Tasks that share a mean.
 *
 * @param suite the benchmark it is of, such as {@code vtab}
 * @param name such as {@code natural}
 * @param tasks canonical task names, in the order of the columns
 */
public record TaskGroup(String suite, String name, List<String> tasks) {

  /** Copies the tasks. */
  public TaskGroup {
    tasks = List.copyOf(tasks);
  }
}
