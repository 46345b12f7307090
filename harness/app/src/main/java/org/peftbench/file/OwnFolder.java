package org.peftbench.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder that one process fills, and whose lock says that it lives. It is deleted when this is
 * closed; what a killed process leaves, the next that makes one there deletes.
 */
public final class OwnFolder implements AutoCloseable {

  private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

  private final Path path;
  private final FolderLock lock;

  private OwnFolder(Path path, FolderLock lock) {
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
      Optional<FolderLock> lock = FolderLock.tryTake(path);
      if (lock.isPresent()) {
        return new OwnFolder(path, lock.get());
      } // else another process takes it for a leftover, before it has its lock
    }
  }

  /**
   * Makes one where temporary files go.
   *
   * @param what a word for its name
   */
  public static OwnFolder temporary(String what) throws IOException {
    return create(TEMPORARY, what);
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
      lock.close();
    }
  }
}
