package org.peftbench.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Says from time to time how large a folder has become that somebody else fills. */
final class Growth implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final Path folder;
  private final PrintWriter err;
  private final Thread thread;

  private Growth(Path folder, PrintWriter err) {
    this.folder = folder;
    this.err = err;
    this.thread = new Thread(this::watch, "growth");
  }

  static Growth of(Path folder, PrintWriter err) {
    Growth growth = new Growth(folder, err);
    growth.thread.setDaemon(true);
    growth.thread.start();
    return growth;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(INTERVAL.toMillis());
        err.println("  %,d MB so far".formatted(bytes(folder) / 1_000_000));
      }
    } catch (InterruptedException e) {
      // It is done.
    }
  }

  /** Bytes of the files in a folder; one that has just gone counts nothing. */
  static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
