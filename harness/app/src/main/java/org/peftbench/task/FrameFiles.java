package org.peftbench.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbered files of a folder: {@code img_00001.jpg}, {@code img_00002.jpg}, ... A folder may
 * have several sorts of them, such as images and optical flow.
 */
final class FrameFiles {

  /** Longer clips are to be cut: a folder is not to fill the memory. */
  static final int MOST = 100_000;

  private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})(\\.[A-Za-z]+)");

  /** Of each sort, such as {@code img_.jpg}, the names by their numbers. */
  private final Map<String, Map<Integer, String>> sorts = new TreeMap<>();

  private FrameFiles() {}

  /** Lists a folder. */
  static FrameFiles of(Path folder) throws IOException {
    FrameFiles files = new FrameFiles();
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> first = children.limit(MOST + 1L).toList();
      if (first.size() > MOST) {
        throw new IOException("it has more than " + MOST + " files");
      }
      for (Path child : first) {
        String name = String.valueOf(child.getFileName());
        Matcher numbered = NUMBERED.matcher(name);
        if (numbered.matches()) {
          files.add(numbered.group(1) + numbered.group(3), numbered.group(2), name);
        }
      }
    }
    return files;
  }

  private void add(String sort, String number, String name) throws IOException {
    String other =
        sorts.computeIfAbsent(sort, any -> new TreeMap<>()).put(Integer.parseInt(number), name);
    if (other != null) {
      throw new IOException("it has both " + other + " and " + name);
    }
  }

  /**
   * The names of the sort that has so many, in the order of their numbers.
   *
   * @throws IOException if there is none, or several
   */
  List<String> sortOf(int count) throws IOException {
    List<Map<Integer, String>> fitting =
        sorts.values().stream().filter(sort -> sort.size() == count).toList();
    if (fitting.size() != 1) {
      throw new IOException(
          "expected one sort of %d numbered files, found %s".formatted(count, shown()));
    }
    return new ArrayList<>(fitting.get(0).values());
  }

  /**
   * The names of a sort.
   *
   * @param prefix before the number
   * @param suffix behind it
   * @throws IOException if there are none
   */
  List<String> sort(String prefix, String suffix) throws IOException {
    Map<Integer, String> found = sorts.getOrDefault(prefix + suffix, Map.of());
    if (found.isEmpty()) {
      throw new IOException(
          "expected numbered files %s...%s, found %s".formatted(prefix, suffix, shown()));
    }
    return new ArrayList<>(found.values());
  }

  private String shown() {
    return sorts.isEmpty()
        ? "none"
        : sorts.entrySet().stream()
            .limit(4)
            .map(
                sort ->
                    sort.getValue().size() + " like " + sort.getValue().values().iterator().next())
            .collect(Collectors.joining(", "));
  }
}
