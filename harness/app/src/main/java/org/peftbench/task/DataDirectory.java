package org.peftbench.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;

/** The directory below which each task has its folder. */
public final class DataDirectory {

  /** How VTAB-1K lies on disk, in words for messages. */
  static final String LAYOUT =
      "expected <data>/<task>/{train800,val200,train800val200,test}.txt with lines"
          + " 'images/... label' and the images below <data>/<task>/images";

  private static final String HOW_TO_GET =
      LAYOUT
          + ", as in the public VTAB-1K archives (such as the Hugging Face data set"
          + " XiN0919/VTAB-1k, or what NOAH's get_vtab1k.py exports)";

  private final Path directory;
  private final List<String> folders;

  private DataDirectory(Path directory, List<String> folders) {
    this.directory = directory;
    this.folders = folders;
  }

  /**
   * Looks which tasks are there.
   *
   * @throws WrongInputException if the directory does not exist
   */
  public static DataDirectory open(Path directory) {
    if (!Files.isDirectory(directory)) {
      throw new WrongInputException("no data directory '" + directory + "'; " + HOW_TO_GET);
    }
    try (Stream<Path> children = Files.list(directory)) {
      List<String> folders =
          children
              .filter(DataDirectory::isTaskFolder)
              .map(child -> directory.relativize(child).toString())
              .sorted()
              .toList();
      return new DataDirectory(directory, folders);
    } catch (IOException e) {
      throw new WrongInputException("cannot read data directory '" + directory + "'", e);
    }
  }

  private static boolean isTaskFolder(Path folder) {
    return Stream.of(ListName.TRAIN800, ListName.TRAIN800VAL200)
        .anyMatch(list -> Files.isRegularFile(folder.resolve(list.fileName())));
  }

  /** Names of the folders that are laid out as a task, sorted. */
  public List<String> folders() {
    return folders;
  }

  /**
   * Finds one task by canonical name, alias, or the name of a user's own folder.
   *
   * @throws WrongInputException if there is no such task, or no folder for it
   */
  public TaskFolder task(String name) {
    return TaskCatalog.find(name).map(this::vtabFolder).orElseGet(() -> ownFolder(name));
  }

  /**
   * Finds the tasks that a selection stands for.
   *
   * @param selection names of tasks and of groups, such as {@code vtab.natural}, separated by
   *     commas
   * @return each task once, in the order of the selection
   * @throws WrongInputException if a name is unknown or a task has no folder
   */
  public List<TaskFolder> select(String selection) {
    Map<String, TaskFolder> selected = new LinkedHashMap<>();
    for (String word : selection.split(",", -1)) {
      for (TaskFolder folder : expand(word.strip())) {
        selected.putIfAbsent(folder.task().name(), folder);
      }
    }
    return List.copyOf(selected.values());
  }

  private List<TaskFolder> expand(String word) {
    List<Task> group = TaskCatalog.group(word);
    if (group.isEmpty()) {
      return List.of(task(word));
    }
    List<String> missing =
        group.stream().filter(task -> foldersOf(task).isEmpty()).map(Task::name).toList();
    if (!missing.isEmpty()) {
      throw new WrongInputException(
          "'%s' has %d tasks, and data directory '%s' lacks %s; it has %s; %s"
              .formatted(
                  word, group.size(), directory, words(missing), words(folders), HOW_TO_GET));
    }
    return group.stream().map(this::vtabFolder).toList();
  }

  private TaskFolder vtabFolder(Task task) {
    List<String> found = foldersOf(task);
    if (found.size() > 1) {
      throw new WrongInputException(
          "data directory '%s' has several folders for task '%s': %s; keep one of them"
              .formatted(directory, task.name(), words(found)));
    }
    if (found.isEmpty()) {
      List<String> names = new ArrayList<>(task.aliases());
      names.add(0, task.name());
      throw new WrongInputException(
          "no folder for task '%s' in data directory '%s': looked for %s, found %s; %s"
              .formatted(task.name(), directory, words(names), words(folders), HOW_TO_GET));
    }
    return new TaskFolder(task, directory.resolve(found.get(0)));
  }

  private List<String> foldersOf(Task task) {
    return folders.stream().filter(task::isCalled).toList();
  }

  private TaskFolder ownFolder(String name) {
    if (folders.contains(name)) {
      return TaskFolder.own(name, directory.resolve(name));
    }
    List<String> known = new ArrayList<>(TaskCatalog.groupSelectors());
    TaskCatalog.vtab().forEach(task -> known.add(task.name()));
    TaskCatalog.pocket().forEach(task -> known.add(task.name()));
    TaskCatalog.motion().forEach(task -> known.add(task.name()));
    folders.stream().filter(folder -> TaskCatalog.find(folder).isEmpty()).forEach(known::add);
    throw new WrongInputException(
        "unknown task '%s'; known, the most similar first: %s; folders in data directory '%s': %s"
            .formatted(name, words(Spelling.nearestFirst(name, known)), directory, words(folders)));
  }

  private static String words(Collection<String> words) {
    return words.isEmpty() ? "none" : String.join(", ", words);
  }
}
