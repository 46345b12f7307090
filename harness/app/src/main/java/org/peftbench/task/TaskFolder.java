package org.peftbench.task;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.file.Sha256;

/**
 * A task and the folder that holds its lists and images.
 *
 * <p>A list is read when it is first asked for, and then kept. Whatever is wrong with one is a
 * {@link WrongInputException} that names list, line, what was found and what was expected.
 */
public final class TaskFolder {

  private static final int MAX_CLASSES = 100_000;

  private final Task task;
  private final Path directory;
  private final Map<ListName, ImageList> lists = new ConcurrentHashMap<>();

  TaskFolder(Task task, Path directory) {
    this.task = task;
    this.directory = directory;
  }

  /** A user's own folder: named after itself, with as many classes as its training lists show. */
  static TaskFolder own(String name, Path directory) {
    int classes =
        Stream.of(ListName.TRAIN800, ListName.TRAIN800VAL200)
            .filter(list -> Files.exists(directory.resolve(list.fileName())))
            .flatMap(list -> ListReader.read(directory, list, MAX_CLASSES).images().stream())
            .mapToInt(image -> image.label() + 1)
            .max()
            .orElse(1);
    return new TaskFolder(Task.own(name, classes), directory);
  }

  /** The task. */
  public Task task() {
    return task;
  }

  /** The folder that the lists are in. */
  public Path directory() {
    return directory;
  }

  /** The images of a list, in its order. */
  public List<LabelledImage> images(ListName name) {
    return list(name).images();
  }

  /**
   * Looks at every image file of the lists for what would stop a run later: unknown formats and
   * files that are cut off.
   */
  public void check(ListName... names) {
    inOrder(names).forEach(name -> list(name).check());
  }

  /** SHA-256 in hex over the lists' bytes and the sizes of the files they name. */
  public String fingerprint(ListName... names) {
    return Sha256.over(digest -> inOrder(names).forEach(name -> list(name).digestInto(digest)));
  }

  /**
   * What a reader of the results should know of the lists that are there: sizes that are not
   * VTAB-1K's, images in two lists that should have none in common.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (ListName name : ListName.values()) {
      int official = name.officialImages(task);
      if (task.group() != TaskGroup.OTHER && exists(name) && images(name).size() != official) {
        notes.add(
            String.format(
                "%s: %s lists %d images, VTAB-1K's has %d",
                task.name(), name.fileName(), images(name).size(), official));
      }
    }
    noteShared(ListName.TRAIN800, ListName.VAL200, notes);
    noteShared(ListName.TRAIN800, ListName.TEST, notes);
    noteShared(ListName.TRAIN800VAL200, ListName.TEST, notes);
    return List.copyOf(notes);
  }

  private void noteShared(ListName train, ListName judge, List<String> notes) {
    if (!exists(train) || !exists(judge)) {
      return;
    }
    Set<Path> seen = images(train).stream().map(LabelledImage::file).collect(Collectors.toSet());
    long shared = images(judge).stream().filter(image -> seen.contains(image.file())).count();
    if (shared > 0) {
      notes.add(
          String.format(
              "%s: %d images of %s are also in %s",
              task.name(), shared, judge.fileName(), train.fileName()));
    }
  }

  private boolean exists(ListName name) {
    return Files.exists(directory.resolve(name.fileName()));
  }

  private ImageList list(ListName name) {
    return lists.computeIfAbsent(
        name, absent -> ListReader.read(directory, absent, task.classes()));
  }

  // The same lists give the same fingerprint, however they were passed.
  private static Set<ListName> inOrder(ListName... names) {
    Set<ListName> ordered = EnumSet.noneOf(ListName.class);
    ordered.addAll(List.of(names));
    return ordered;
  }
}
