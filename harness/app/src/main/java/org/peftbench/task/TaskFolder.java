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
  private final int frames;
  private final Map<ListName, ImageList> lists;

  TaskFolder(Task task, Path directory) {
    this(task, directory, 1, new ConcurrentHashMap<>());
  }

  private TaskFolder(Task task, Path directory, int frames, Map<ListName, ImageList> lists) {
    this.task = task;
    this.directory = directory;
    this.frames = frames;
    this.lists = lists;
  }

  /** The same, with so many frames of each clip; of images there is one. */
  public TaskFolder withFrames(int count) {
    return new TaskFolder(task, directory, count, lists);
  }

  /** A user's own folder: named after itself, with as many classes as its training lists show. */
  static TaskFolder own(String name, Path directory) {
    int classes =
        Stream.of(ListName.TRAIN800, ListName.TRAIN800VAL200)
            .filter(list -> Files.exists(directory.resolve(list.fileName())))
            .flatMap(list -> ListReader.read(directory, list, MAX_CLASSES).clips().stream())
            .mapToInt(clip -> clip.label() + 1)
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

  /** The directory of tasks that it is in. */
  public Path data() {
    return directory.resolveSibling("");
  }

  /** The images of a list, in its order; of clips those in the middle of equal parts of each. */
  public List<LabelledImage> images(ListName name) {
    return clips(name).stream().flatMap(clip -> clip.centres(frames).stream()).toList();
  }

  /** The lines of a list, in its order. */
  public List<LabelledClip> clips(ListName name) {
    return list(name).clips();
  }

  /**
   * Whether the lines of lists are clips.
   *
   * @throws WrongInputException if those of some are, and those of others are not
   */
  public boolean hasClips(ListName... names) {
    List<Boolean> kinds =
        inOrder(names).stream().map(name -> list(name).ofClips()).distinct().toList();
    if (kinds.size() > 1) {
      throw new WrongInputException(
          "'%s' has clips in some lists and images in others".formatted(directory));
    }
    return kinds.get(0);
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
    return Sha256.over(
        digest -> inOrder(names).forEach(name -> list(name).digestInto(digest, frames)));
  }

  /**
   * What a reader of the results should know of the lists that are there: sizes that are not
   * VTAB-1K's, images in two lists that should have none in common.
   */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (ListName name : ListName.values()) {
      int official = name.officialImages(task);
      if (task.group() != TaskGroup.OTHER && exists(name) && clips(name).size() != official) {
        notes.add(
            String.format(
                "%s: %s lists %d images, VTAB-1K's has %d",
                task.name(), name.fileName(), clips(name).size(), official));
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
