package org.peftbench.cuda;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;

/** What a machine must have before anything is fetched. */
final class Room {

  private static final double GIGABYTE = 1e9;

  private Room() {}

  /**
   * Checks that libraries from a source can run here.
   *
   * @throws WrongInputException if not
   */
  static void requirePlatform(Source source) {
    String platform = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    if (!platform.equals("Linux on amd64")) {
      throw new WrongInputException(
          "this is " + platform + "; GPUs are supported on Linux on amd64 (x86-64) alone");
    }
    Glibc found = Glibc.here().orElse(new Glibc(0, 0));
    if (source == Source.MAVEN && !found.atLeast(2, 35)) {
      throw new WrongInputException(
          "--from maven needs glibc 2.35, and here is " + found + "; take --from python or djl");
    }
  }

  /**
   * Checks that there is space for a source.
   *
   * @param folder where its libraries go
   * @param repository where Maven keeps what it fetches
   * @throws WrongInputException if not
   */
  static void requireSpace(Source source, Path folder, Path repository) {
    boolean kept = source == Source.MAVEN;
    boolean together = kept && store(folder).equals(store(repository));
    long fetched = kept ? MavenJar.bytesToCome(MavenJar.ALL, repository) : 0;
    require(folder, source.unpackedBytes() + (together ? fetched : 0));
    if (!together) {
      require(repository, fetched);
    }
  }

  static void require(Path folder, long bytes) {
    try {
      long free = store(folder).getUsableSpace();
      if (free < bytes) {
        throw new WrongInputException(
            "%s has %.1f GB of free space, and %.1f GB may be needed"
                .formatted(folder, free / GIGABYTE, bytes / GIGABYTE));
      }
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "does not tell its free space", e);
    }
  }

  /** Where a folder is, or will be. */
  private static FileStore store(Path folder) {
    try {
      for (Path there = folder.toAbsolutePath(); there != null; there = there.getParent()) {
        if (Files.exists(there)) {
          return Files.getFileStore(there);
        }
      }
      throw new WrongInputException(folder + " is nowhere");
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "does not tell its free space", e);
    }
  }
}
