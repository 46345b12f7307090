package org.peftbench.plan;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.peftbench.file.Folders;
import org.peftbench.pocket.PocketExport;
import org.peftbench.pocket.PocketSuite;
import org.peftbench.task.DataDirectory;
import org.peftbench.task.Task;
import org.peftbench.task.TaskCatalog;
import org.peftbench.task.TaskFolder;

/** Finds the folders of tasks: the user's, or those that are rendered when asked for. */
public final class TaskFinder {

  private final Folders kept;
  private final PocketExport.Listener listener;

  /**
   * A finder.
   *
   * @param kept where rendered suites are kept
   * @param listener told of each task that is about to be rendered, and of who is waited for
   */
  public TaskFinder(Folders kept, PocketExport.Listener listener) {
    this.kept = kept;
    this.listener = listener;
  }

  /** Whether a selection is of rendered tasks alone. */
  static boolean isRendered(String selection) {
    return words(selection).stream().allMatch(TaskCatalog::isRendered);
  }

  /**
   * The tasks that a selection stands for.
   *
   * @param selection names of tasks and groups, separated by commas
   * @param data directory of the tasks that are not rendered
   * @return each task once, in the order of the selection
   * @throws org.peftbench.WrongInputException if a name is unknown or a task has no folder
   */
  List<TaskFolder> find(String selection, Path data) {
    List<String> words = words(selection);
    // The user's own first: nothing is rendered for a selection that is refused.
    Map<String, List<TaskFolder>> folders = new HashMap<>();
    select(words.stream().filter(word -> !TaskCatalog.isRendered(word)).toList(), data, folders);
    List<String> rendering = words.stream().filter(TaskCatalog::isRendered).toList();
    if (!rendering.isEmpty()) {
      select(rendering, suite(rendering), folders);
    }
    Map<String, TaskFolder> found = new LinkedHashMap<>();
    words.stream()
        .flatMap(word -> folders.getOrDefault(word, List.of()).stream())
        .forEach(folder -> found.putIfAbsent(folder.task().name(), folder));
    return List.copyOf(found.values());
  }

  /** The folder of rendered tasks, in which these are. */
  private Path suite(List<String> rendering) {
    // Another suite has other hashes, and so another folder.
    Path suite = kept.suites().resolve("pocket-" + PocketSuite.version());
    List<Task> tasks =
        rendering.stream().flatMap(word -> TaskCatalog.named(word).stream()).toList();
    PocketExport.complete(suite, tasks, listener);
    return suite;
  }

  private static void select(
      List<String> words, Path directory, Map<String, List<TaskFolder>> folders) {
    if (!words.isEmpty()) {
      DataDirectory opened = DataDirectory.open(directory);
      words.forEach(word -> folders.put(word, opened.select(word)));
    }
  }

  private static List<String> words(String selection) {
    return Arrays.stream(selection.split(",", -1)).map(String::strip).toList();
  }
}
