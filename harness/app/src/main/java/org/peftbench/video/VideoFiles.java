package org.peftbench.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.file.FileTrouble;

/** The videos of a folder and of the folders in it, by name. */
public final class VideoFiles {

  private static final int MOST = 1_000_000;

  private static final Set<String> ENDINGS =
      Set.of(
          "3gp", "asf", "avi", "flv", "m2ts", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "mts",
          "ogv", "ts", "webm", "wmv");

  private VideoFiles() {}

  /**
   * A video.
   *
   * @param file its path
   * @param name its path below the folder, without the ending
   */
  public record Found(Path file, Path name) {

    /** The folder right below the one that was searched; empty if it lies in that itself. */
    public Optional<String> topFolder() {
      return name.getNameCount() == 1 ? Optional.empty() : Optional.of(name.getName(0).toString());
    }
  }

  /**
   * Finds the videos of a folder; links are followed.
   *
   * @throws WrongInputException if there are none, if two would have their frames in one folder, or
   *     if a name cannot stand in a list
   */
  public static List<Found> in(Path folder) {
    Map<Path, Path> files = new TreeMap<>();
    for (Path file : videos(folder)) {
      Path name = nameOf(folder.relativize(file), file);
      Path other = files.put(name, file);
      if (other != null) {
        throw clash(other, file, name);
      }
    }
    for (Path name : files.keySet()) {
      for (Path above = name.getParent(); above != null; above = above.getParent()) {
        if (files.containsKey(above)) {
          throw clash(files.get(above), files.get(name), above);
        }
      }
    }
    if (files.isEmpty()) {
      throw new WrongInputException(
          folder
              + " has no videos; files that end in one of "
              + String.join(", ", ENDINGS.stream().sorted().toList())
              + " are taken for them");
    }
    return files.entrySet().stream()
        .map(entry -> new Found(entry.getValue(), entry.getKey()))
        .toList();
  }

  private static List<Path> videos(Path folder) {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      List<Path> videos = files.filter(VideoFiles::isVideo).limit(MOST + 1L).toList();
      if (videos.size() > MOST) {
        throw new WrongInputException(folder + " has more than " + MOST + " videos");
      }
      return videos;
    } catch (IOException e) {
      throw FileTrouble.wrong(folder, "cannot be read", e);
    } catch (UncheckedIOException e) {
      throw FileTrouble.wrong(folder, "cannot be read", Objects.requireNonNull(e.getCause()));
    }
  }

  private static WrongInputException clash(Path one, Path other, Path folder) {
    return new WrongInputException(
        "both " + one + " and " + other + " would write into " + folder + "; rename one");
  }

  /** A name without its ending, which a list can hold and read again. */
  private static Path nameOf(Path relative, Path file) {
    String text = relative.toString();
    String bare = text.substring(0, text.lastIndexOf('.'));
    try {
      if (Path.of(text).equals(relative)
          && bare.equals(bare.strip())
          && bare.lines().count() == 1) {
        return Path.of(bare);
      }
    } catch (InvalidPathException e) {
      // the same trouble: letters that this locale has not
    }
    throw new WrongInputException(
        file
            + ": its name cannot stand in a list; rename it, or, if it has letters that this locale"
            + " lacks, set LC_ALL=C.UTF-8");
  }

  private static boolean isVideo(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && Files.isRegularFile(file);
  }
}
