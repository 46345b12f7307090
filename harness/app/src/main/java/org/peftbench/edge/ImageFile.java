package org.peftbench.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;
import org.peftbench.file.Sha256;

/**
 * An image to be sent, as it lies on disk.
 *
 * @param path the file
 * @param sha256 of its content
 * @param bytes of its content
 */
record ImageFile(Path path, String sha256, long bytes) {

  /**
   * Reads and hashes files on all processors.
   *
   * @param mostBytes that each may have
   * @throws WrongInputException if one has more, or cannot be read
   */
  static List<ImageFile> of(List<Path> paths, long mostBytes) {
    return paths.stream().parallel().map(path -> of(path, mostBytes)).toList();
  }

  private static ImageFile of(Path path, long mostBytes) {
    try {
      long bytes = Files.size(path);
      if (bytes > mostBytes) {
        throw new WrongInputException(
            "%s has %,d bytes; the cloud takes images of at most %,d"
                .formatted(path, bytes, mostBytes));
      }
      return new ImageFile(path, Sha256.of(path), bytes);
    } catch (IOException e) {
      throw FileTrouble.wrong(path, "cannot be read", e);
    }
  }

  byte[] content() {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw FileTrouble.wrong(path, "cannot be read", e);
    }
  }
}
