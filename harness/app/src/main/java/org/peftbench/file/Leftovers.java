package org.peftbench.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;

/**
 * What processes left behind that were killed while they wrote.
 *
 * <p>Whether an owner lives is asked of its lock, which the operating system takes away with the
 * process: a process's number may be another's by now, or one of another machine that uses the same
 * folder. Where a file system has no locks, everything stays.
 */
public final class Leftovers {

  /** {@code .NAME.PID-COUNT.tmp}; an earlier version wrote {@code .NAME.json.PID} instead. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "\\.(?<name>.+)\\.(?<pid>\\d{1,18})-\\d{1,18}\\.tmp"
              + "|\\.(?<before>.+\\.json|writable)\\.\\d{1,18}");

  /** The name of an {@link OwnFolder}. */
  private static final Pattern OWN = Pattern.compile("peft-bench-[a-z]+-\\d+");

  private Leftovers() {}

  /** The name that a file has until it is whole. */
  static Path hidden(Path file, long count) {
    return file.resolveSibling(
        ".%s.%d-%d.tmp".formatted(file.getFileName(), ProcessHandle.current().pid(), count));
  }

  /**
   * Deletes what was to become a file of a folder and belongs to nobody any more. What cannot be
   * deleted is in nobody's way, and stays.
   */
  public static void clear(Path folder) {
    clear(folder, name -> true);
  }

  /** Deletes what was to become this file, and belongs to nobody any more. */
  static void clearOf(Path file) {
    String wanted = String.valueOf(file.getFileName());
    clear(file.toAbsolutePath().resolveSibling(""), wanted::equals);
  }

  private static void clear(Path folder, Predicate<String> wanted) {
    DirectoryStream.Filter<Path> isHidden =
        file -> {
          Matcher hidden = HIDDEN.matcher(String.valueOf(file.getFileName()));
          if (!hidden.matches() || isOwn(hidden.group("pid"))) {
            return false;
          }
          String name = hidden.group("name");
          return wanted.test(name == null ? hidden.group("before") : name)
              && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        };
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, isHidden)) {
      files.forEach(Leftovers::deleteFile);
    } catch (IOException | DirectoryIteratorException e) {
      // Who needs the folder says what is wrong with it.
    }
  }

  /** Whoever opens a file of its own a second time, and closes it, gives up its lock. */
  private static boolean isOwn(@Nullable String pid) {
    return Long.toString(ProcessHandle.current().pid()).equals(pid);
  }

  /** Deletes a file that nobody has locked, if it is there. */
  public static void deleteFile(Path file) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (FolderLock.tryLock(channel).isPresent()) {
        Files.deleteIfExists(file); // before the lock goes
      }
    } catch (IOException e) {
      // It has its name by now, or is another user's.
    }
  }

  /** Deletes the {@link OwnFolder}s in a folder that are nobody's own any more. */
  public static void clearFolders(Path parent) {
    clearFolders(parent, name -> OWN.matcher(name).matches());
  }

  /** Deletes folders of such names that have a {@link FolderLock}, and nobody has it. */
  public static void clearFolders(Path parent, Predicate<String> wanted) {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(
            parent,
            folder ->
                wanted.test(String.valueOf(folder.getFileName()))
                    && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && isMine(folder)
                    && hasLock(folder))) {
      folders.forEach(Leftovers::deleteFolder);
    } catch (IOException | DirectoryIteratorException e) {
      // Who needs the folder says what is wrong with it.
    }
  }

  /** What has no lock is somebody else's, but for a folder whose owner did not come that far. */
  private static boolean hasLock(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Files.exists(folder.resolve(FolderLock.FILE)) || files.findAny().isEmpty();
    }
  }

  /** Another user's is theirs, in a folder of all users such as /tmp. */
  private static boolean isMine(Path folder) throws IOException {
    return Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS)
        .getName()
        .equals(System.getProperty("user.name"));
  }

  private static void deleteFolder(Path folder) {
    Optional<FolderLock> lock = Optional.empty();
    try {
      lock = FolderLock.tryTake(folder);
      if (lock.isPresent()) {
        FolderTree.delete(folder);
      }
    } catch (IOException | UncheckedIOException | WrongInputException e) {
      // The next one tries again.
    } finally {
      lock.ifPresent(FolderLock::close);
    }
  }
}
