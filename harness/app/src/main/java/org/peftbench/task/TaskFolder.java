package org.peftbench.task;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** Of a user's own folder. ImageNet-21k has 21,843; one stray label makes a head of any size. */
  private static final int MAX_CLASSES = 50_000;

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
    Map<ListName, ImageList> lists = new ConcurrentHashMap<>();
    Stream.of(ListName.values())
        .filter(list -> list.isForTraining() && isThere(directory, list))
        .forEach(list -> lists.put(list, ListReader.read(directory, list, MAX_CLASSES)));
    int classes =
        lists.values().stream()
            .flatMap(list -> list.clips().stream())
            .mapToInt(clip -> clip.label() + 1)
            .max()
            .orElse(1);
    return new TaskFolder(Task.own(name, classes), directory, 1, lists);
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
   * Looks at the lists for what would stop a run later, or make it senseless: image files of
   * unknown formats or cut off, one class to train on.
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
   * VTAB-1K's, images in two lists that should have none in common or twice in one, classes that
   * nothing is trained on.
   */
  public List<String> notes() {
    return ListNotes.of(
        task,
        Stream.of(ListName.values())
            .filter(name -> isThere(directory, name))
            .map(this::list)
            .toList());
  }

  private static boolean isThere(Path directory, ListName name) {
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
