package org.peftbench.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.peftbench.WrongInputException;

/**
 * Keeps a second run out of a folder.
 *
 * <p>The operating system holds the lock, so it ends with the process, however that ends; the empty
 * file stays.
 */
public final class FolderLock implements AutoCloseable {

  /** The file whose lock it is. */
  public static final String FILE = ".lock";

  private static final long WAIT_MILLIS = 500;

  private final FileLock lock;

  private FolderLock(FileLock lock) {
    this.lock = lock;
  }

  /**
   * Takes the lock of a folder, which is made where it is missing.
   *
   * @throws WrongInputException if another run has it, or the file system refuses
   */
  public static FolderLock take(Path folder) {
    return tryTake(folder)
        .orElseThrow(
            () ->
                new WrongInputException(
                    folder
                        + ": another run is writing into this folder; wait for it or choose"
                        + " another"));
  }

  /**
   * Waits for the lock of a folder, which is made where it is missing.
   *
   * @param waiting called again and again meanwhile
   * @throws WrongInputException if the file system refuses
   */
  public static FolderLock await(Path folder, Runnable waiting) {
    try {
      while (true) {
        Optional<FolderLock> lock = tryTake(folder);
        if (lock.isPresent()) {
          return lock.get();
        }
        waiting.run();
        Thread.sleep(WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + folder, e);
    }
  }

  private static Optional<FolderLock> tryTake(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
      }
      return lock.map(FolderLock::new);
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "cannot be locked", e);
    }
  }

  /** The lock of an open file; empty if somebody has it, be it this process itself. */
  public static Optional<FileLock> tryLock(FileChannel file) throws IOException {
    try {
      return Optional.ofNullable(file.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
