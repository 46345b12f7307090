package org.peftbench.pocket;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;
import org.peftbench.file.FolderLock;
import org.peftbench.task.ListName;
import org.peftbench.task.Task;

/** Writes tasks to disk in VTAB-1K's layout. */
public final class PocketExport {

  private final Path directory;

  private PocketExport(Path directory) {
    this.directory = directory;
  }

  /** Hears what is done before a run can begin. */
  public interface Listener {
    /** A task is about to be rendered. */
    void renders(RenderedTask task);

    /** Another run renders, {@code process 1234}, and is waited for. */
    default void waits(String whom) {}
  }

  /**
   * Looks whether tasks can be written.
   *
   * @param directory gets a folder for each task; need not exist
   * @throws WrongInputException if one of these folders is there already
   */
  public static PocketExport into(Path directory, List<? extends RenderedTask> tasks) {
    for (RenderedTask task : tasks) {
      Path folder = directory.resolve(task.name());
      if (Files.exists(folder)) {
        throw new WrongInputException(
            "'" + folder + "' is there already; remove it, or name another folder");
      }
    }
    return new PocketExport(directory);
  }

  /**
   * Makes sure that tasks are in a directory that this program alone writes to; where another run
   * is rendering, this one waits for it.
   *
   * @param listener told of each task that is not there yet, before it is rendered, and once of
   *     whoever is waited for
   * @throws WrongInputException if the file system refuses
   */
  public static void complete(Path directory, List<Task> tasks, Listener listener) {
    PocketExport export = new PocketExport(directory);
    List<RenderedTask> missing =
        PocketSuite.all().stream()
            .filter(task -> tasks.stream().anyMatch(wanted -> wanted.name().equals(task.name())))
            .filter(task -> !export.has(task))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    FolderLock lock = FolderLock.await(directory, FolderLock.once(listener::waits));
    try {
      for (RenderedTask task : missing) {
        if (!export.has(task)) { // another run may have rendered it before the lock was free
          listener.renders(task);
          export.write(task);
        }
      }
    } finally {
      lock.close();
    }
  }

  private boolean has(RenderedTask task) {
    return Files.exists(directory.resolve(task.name()));
  }

  /**
   * Writes one task's images and lists. It has its name only when it is whole; what an interrupted
   * export left under another name is written over.
   *
   * @return the task's folder
   * @throws WrongInputException if the file system refuses
   */
  public Path write(RenderedTask task) {
    Path folder = directory.resolve(task.name());
    Path partial = directory.resolve("." + task.name() + ".partial");
    try {
      for (Subset subset : Subset.values()) {
        IntStream.range(0, task.count(subset))
            .parallel()
            .forEach(index -> writeImages(partial, task, subset, index));
      }
      String train = lines(task, Subset.TRAIN);
      String val = lines(task, Subset.VAL);
      writeList(partial, ListName.TRAIN800, train);
      writeList(partial, ListName.VAL200, val);
      writeList(partial, ListName.TRAIN800VAL200, train + val);
      writeList(partial, ListName.TEST, lines(task, Subset.TEST));
      return Files.move(partial, folder);
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private void writeImages(Path folder, RenderedTask task, Subset subset, int index) {
    for (Map.Entry<String, PocketImage> file : task.files(subset, index).entrySet()) {
      Path path = folder.resolve(file.getKey());
      try {
        Files.createDirectories(path.resolveSibling(""));
        Files.write(path, PngFile.of(file.getValue()));
      } catch (IOException e) {
        throw refused(e);
      }
    }
  }

  private static void writeList(Path folder, ListName list, String lines) throws IOException {
    Files.writeString(folder.resolve(list.fileName()), lines);
  }

  private static String lines(RenderedTask task, Subset subset) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < task.count(subset); i++) {
      lines.append(task.line(subset, i)).append(' ').append(task.label(subset, i)).append('\n');
    }
    return lines.toString();
  }

  private WrongInputException refused(IOException e) {
    String why =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getClass().getSimpleName() + " at " + e.getMessage();
    return new WrongInputException("cannot export into '" + directory + "': " + why, e);
  }
}
