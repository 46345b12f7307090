package org.peftbench.pocket;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
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

  /**
   * Looks whether the suite can be written.
   *
   * @param directory gets a folder for each task; need not exist
   * @throws WrongInputException if one of these folders is there already
   */
  public static PocketExport into(Path directory) {
    for (PocketTask task : PocketSuite.tasks()) {
      Path folder = directory.resolve(task.name());
      if (Files.exists(folder)) {
        throw new WrongInputException(
            "'" + folder + "' is there already; remove it, or name another folder");
      }
    }
    return new PocketExport(directory);
  }

  /**
   * Makes sure that tasks are in a directory that this program alone writes to.
   *
   * @param listener told of each task that is not there yet, before it is rendered
   * @throws WrongInputException if the file system refuses, or another run is rendering
   */
  public static void complete(Path directory, List<Task> tasks, Consumer<PocketTask> listener) {
    PocketExport export = new PocketExport(directory);
    List<PocketTask> missing =
        PocketSuite.tasks().stream()
            .filter(task -> tasks.stream().anyMatch(wanted -> wanted.name().equals(task.name())))
            .filter(task -> !export.has(task))
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    FolderLock lock = FolderLock.take(directory);
    try {
      for (PocketTask task : missing) {
        if (!export.has(task)) { // another run may have rendered it before the lock was free
          listener.accept(task);
          export.write(task);
        }
      }
    } finally {
      lock.close();
    }
  }

  private boolean has(PocketTask task) {
    return Files.exists(directory.resolve(task.name()));
  }

  /**
   * Writes one task's images and lists. It has its name only when it is whole; what an interrupted
   * export left under another name is written over.
   *
   * @return the task's folder
   * @throws WrongInputException if the file system refuses
   */
  public Path write(PocketTask task) {
    Path folder = directory.resolve(task.name());
    Path partial = directory.resolve("." + task.name() + ".partial");
    try {
      for (Subset subset : Subset.values()) {
        Files.createDirectories(partial.resolve("images").resolve(subset.word()));
        IntStream.range(0, subset.images())
            .parallel()
            .forEach(index -> writeImage(partial, task, subset, index));
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

  private void writeImage(Path folder, PocketTask task, Subset subset, int index) {
    try {
      Files.write(folder.resolve(path(subset, index)), PngFile.of(task.render(subset, index)));
    } catch (IOException e) {
      throw refused(e);
    }
  }

  private static void writeList(Path folder, ListName list, String lines) throws IOException {
    Files.writeString(folder.resolve(list.fileName()), lines);
  }

  private static String lines(PocketTask task, Subset subset) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < subset.images(); i++) {
      lines.append(path(subset, i)).append(' ').append(task.label(subset, i)).append('\n');
    }
    return lines.toString();
  }

  private static String path(Subset subset, int index) {
    return String.format(Locale.ROOT, "images/%s/%06d.png", subset.word(), index);
  }

  private WrongInputException refused(IOException e) {
    String why =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : e.getClass().getSimpleName() + " at " + e.getMessage();
    return new WrongInputException("cannot export into '" + directory + "': " + why, e);
  }
}
