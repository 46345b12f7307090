package org.peftbench.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.peftbench.WrongInputException;

/**
 * A folder that one process fills, and whose lock says that it lives. It is deleted when this is
 * closed; what a killed process leaves, the next that makes one there deletes.
 */
public final class OwnFolder implements AutoCloseable {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final Path path;
  private final Optional<FolderLock> lock;

  private OwnFolder(Path path, Optional<FolderLock> lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes one.
   *
   * @param what a word for its name
   */
  public static OwnFolder create(Path parent, String what) throws IOException {
    Leftovers.clearFolders(parent);
    while (true) {
      Path path = Files.createTempDirectory(parent, "peft-bench-" + what + "-");
      try {
        Optional<FolderLock> lock = FolderLock.tryTake(path);
        if (lock.isPresent()) {
          return new OwnFolder(path, lock);
        } // else another process takes it for a leftover, before it has its lock
      } catch (WrongInputException e) {
        return new OwnFolder(path, Optional.empty()); // a file system without locks: it just stays
      }
    }
  }

  /**
   * Makes one where temporary files go.
   *
   * @param what a word for its name
   * @throws WrongInputException if the file system refuses
   */
  public static OwnFolder temporary(String what) {
    try {
      return create(TEMPORARY, what);
    } catch (IOException e) {
      throw FileTrouble.wrong(TEMPORARY, "takes no temporary files", e);
    }
  }

  /** Deletes those where temporary files go that are nobody's own any more. */
  public static void clearTemporary() {
    Leftovers.clearFolders(TEMPORARY);
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /** Gives it a name, under which it is nobody's own any more. */
  public void publish(Path name) throws IOException {
    WholeFile.publish(path, name);
    Files.deleteIfExists(name.resolve(FolderLock.FILE));
  }

  @Override
  public void close() {
    try {
      FolderTree.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + " cannot be deleted", e);
    } finally {
      lock.ifPresent(FolderLock::close);
    }
  }
}
