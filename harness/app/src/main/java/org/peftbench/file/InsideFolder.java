package org.peftbench.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** Tells whether files below a folder are still in it once all links are followed. */
public final class InsideFolder {

  /** What a path leads to. */
  public enum Place {
    /** A regular file in the folder. */
    INSIDE,
    /** A regular file somewhere else. */
    OUTSIDE,
    /** No regular file that can be looked at. */
    NO_FILE
  }

  private final Path real;
  private final Set<Path> parents = new HashSet<>();

  /**
   * A folder that things are to stay in.
   *
   * @throws IOException if it is not there
   */
  public InsideFolder(Path folder) throws IOException {
    this.real = folder.toRealPath();
  }

  /** Looks where a path leads; once at a file that is no link, and once at each parent. */
  public Place place(Path file) {
    try {
      BasicFileAttributes found =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink() ? !Files.isRegularFile(file) : !found.isRegularFile()) {
        return Place.NO_FILE;
      }
      boolean inside =
          holdsParent(file.resolveSibling(""))
              && (!found.isSymbolicLink() || file.toRealPath().startsWith(real));
      return inside ? Place.INSIDE : Place.OUTSIDE;
    } catch (IOException e) {
      return Place.NO_FILE;
    }
  }

  private boolean holdsParent(Path parent) throws IOException {
    if (!parents.contains(parent)) {
      if (!parent.toRealPath().startsWith(real)) {
        return false;
      }
      parents.add(parent);
    }
    return true;
  }
}
