package org.peftbench.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.peftbench.WrongInputException;

/**
 * Keeps a second run out of a folder, or from making the same file.
 *
 * <p>The operating system holds the lock, so it ends with the process, however that ends. The file
 * stays, with the number of the process that had it last.
 */
public final class FolderLock implements AutoCloseable {

  /** The file whose lock a folder's is. */
  public static final String FILE = ".lock";

  private static final long WAIT_MILLIS = 500;
  private static final int LONGEST_PID = 19;

  /**
   * Files whose lock this process has. To open such a file a second time, and close it, would give
   * up the lock.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileLock lock;

  private FolderLock(Path file, FileLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Takes the lock of a folder, which is made where it is missing.
   *
   * @throws WrongInputException if another run has it, or the file system refuses
   */
  public static FolderLock take(Path folder) {
    Path file = folder.resolve(FILE);
    return tryTake(folder)
        .orElseThrow(
            () ->
                new WrongInputException(
                    "%s: another run is writing into this folder, %s; wait for it or choose another"
                        .formatted(folder, holder(file))));
  }

  /**
   * Waits for the lock of a folder, which is made where it is missing.
   *
   * @param waiting told again and again meanwhile for whom: {@code process 1234}
   * @throws WrongInputException if the file system refuses
   */
  public static FolderLock await(Path folder, Consumer<String> waiting) {
    return awaitFile(folder.resolve(FILE), waiting);
  }

  /**
   * Waits until nobody else makes a file.
   *
   * @param waiting told again and again meanwhile for whom: {@code process 1234}
   * @throws WrongInputException if the file system refuses
   */
  public static FolderLock awaitMaking(Path file, Consumer<String> waiting) {
    return awaitFile(file.resolveSibling("." + file.getFileName() + FILE), waiting);
  }

  /** Tells for whom it is waited only when that is another than before. */
  public static Consumer<String> once(Consumer<String> say) {
    AtomicReference<String> said = new AtomicReference<>("");
    return whom -> {
      if (!said.getAndSet(whom).equals(whom)) {
        say.accept(whom);
      }
    };
  }

  private static FolderLock awaitFile(Path file, Consumer<String> waiting) {
    try {
      while (true) {
        Optional<FolderLock> lock = tryTakeFile(file);
        if (lock.isPresent()) {
          return lock.get();
        }
        waiting.accept(holder(file));
        Thread.sleep(WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + file, e);
    }
  }

  /** Takes the lock of a folder, which is made where it is missing; empty if somebody has it. */
  static Optional<FolderLock> tryTake(Path folder) {
    return tryTakeFile(folder.resolve(FILE));
  }

  private static Optional<FolderLock> tryTakeFile(Path file) {
    Path folder = file.resolveSibling("");
    try {
      Files.createDirectories(folder);
      Path real = real(file);
      if (!HELD.add(real)) {
        return Optional.empty();
      }
      Optional<FileLock> lock = Optional.empty();
      try {
        lock = tryLock(real);
        return lock.map(taken -> new FolderLock(real, taken));
      } finally {
        if (lock.isEmpty()) {
          HELD.remove(real);
        }
      }
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "cannot be locked", e);
    }
  }

  private static Optional<FileLock> tryLock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Optional<FileLock> lock = Optional.empty();
    try {
      lock = tryLock(channel);
      return lock;
    } finally {
      if (lock.isEmpty()) {
        channel.close();
      } else {
        sign(channel);
      }
    }
  }

  /** The lock of an open file; empty if somebody has it, be it this process itself. */
  public static Optional<FileLock> tryLock(FileChannel file) throws IOException {
    try {
      return Optional.ofNullable(file.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // this process itself has it
    }
  }

  private static void sign(FileChannel channel) throws IOException {
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
  }

  private static Path real(Path file) throws IOException {
    return file.resolveSibling("").toRealPath().resolve(file.getFileName());
  }

  /** Who has a lock, as far as the file says so. */
  private static String holder(Path file) {
    try {
      if (HELD.contains(real(file))) {
        return "process " + ProcessHandle.current().pid();
      }
      String pid =
          WholeFile.read(file, LONGEST_PID)
              .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
              .orElse("");
      return pid.matches("[0-9]+") ? "process " + pid : "another process";
    } catch (IOException e) {
      return "another process"; // which has just deleted it
    }
  }

  @Override
  public void close() {
    try {
      lock.acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      HELD.remove(file);
    }
  }
}
