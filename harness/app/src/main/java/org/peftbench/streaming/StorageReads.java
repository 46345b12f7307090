package org.peftbench.streaming;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a thread had of a disk, so far; what lay in the system's page cache is not in it. */
final class StorageReads {

  private static final Path COUNTERS = Path.of("/proc/thread-self/io");
  private static final String BYTES = "read_bytes: ";

  private StorageReads() {}

  /** Bytes of the calling thread; empty where the system does not tell. */
  static Optional<Long> bytes() {
    try (Stream<String> lines = Files.lines(COUNTERS)) {
      return lines
          .filter(line -> line.startsWith(BYTES))
          .map(line -> Long.valueOf(line.substring(BYTES.length())))
          .findFirst();
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
