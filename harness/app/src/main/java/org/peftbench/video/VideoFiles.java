package org.peftbench.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;

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
   * Finds the videos of a folder.
   *
   * @throws WrongInputException if there are none, or two whose frames would go into one folder
   */
  public static List<Found> in(Path folder) {
    List<Found> all = new ArrayList<>();
    Map<Path, Path> taken = new HashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(VideoFiles::isVideo).limit(MOST).sorted().toList()) {
        Path name = folder.relativize(file);
        Path bare =
            name.resolveSibling(name.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
        Path other = taken.put(bare, file);
        if (other != null) {
          throw new WrongInputException(
              "both " + other + " and " + file + " would become " + bare + "; rename one");
        }
        all.add(new Found(file, bare));
      }
    } catch (IOException e) {
      throw new WrongInputException(folder + " cannot be read: " + e.getMessage(), e);
    }
    if (all.isEmpty()) {
      throw new WrongInputException(
          folder
              + " has no videos; files that end in one of "
              + String.join(", ", ENDINGS.stream().sorted().toList())
              + " are taken for them");
    }
    return all;
  }

  private static boolean isVideo(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1))
        && Files.isRegularFile(file);
  }
}
