package org.peftbench.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder with all that is in it. */
public final class FolderTree {

  private FolderTree() {}

  /** Deletes it, what is inside first; nothing if it is not there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Deletes what is in it, but for one name. */
  public static void clear(Path folder, String keep) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      for (Path child : children.filter(child -> !child.endsWith(keep)).toList()) {
        delete(child);
      }
    }
  }
}
