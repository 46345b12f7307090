package org.peftbench.task;

import java.util.List;
import java.util.OptionalInt;

/**
 * A classification task.
 *
 * @param name canonical name, such as {@code cifar100}; for a user's own folder the folder's name
 * @param group the group its accuracy counts in
 * @param classes labels are 0 to {@code classes - 1}
 * @param officialTestImages size of VTAB-1K's test split; empty for a user's own folder
 * @param aliases other names that the task and its folder go by
 */
public record Task(
    String name,
    TaskGroup group,
    int classes,
    OptionalInt officialTestImages,
    List<String> aliases) {

  /** Copies the aliases. */
  public Task {
    aliases = List.copyOf(aliases);
  }

  /** A task that is not of VTAB-1K. */
  static Task own(String name, int classes) {
    return new Task(name, TaskGroup.OTHER, classes, OptionalInt.empty(), List.of());
  }

  boolean isCalled(String word) {
    return name.equals(word) || aliases.contains(word);
  }
}
