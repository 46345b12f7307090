package org.peftbench.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.peftbench.WrongInputException;

/**
 * Keeps a second run out of a folder.
 *
 * <p>The operating system holds the lock, so it ends with the process, however that ends; the empty
 * file stays.
 */
public final class FolderLock implements AutoCloseable {

  static final String FILE = ".lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock of a folder, which is made where it is missing.
   *
   * @throws WrongInputException if another run has it, or the file system refuses
   */
  public static FolderLock take(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new WrongInputException(
            folder + ": another run is writing into this folder; wait for it or choose another");
      }
      return new FolderLock(channel);
    } catch (IOException wrong) {
      throw FileTrouble.wrong(folder, "cannot be locked", wrong);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }
}
