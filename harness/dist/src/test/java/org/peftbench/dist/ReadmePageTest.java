package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README is short, all pages are narrow, and its table is that of {@code results/pocket}. */
class ReadmePageTest {

  private static final Page README = Page.of("README.md");
  private static final int MOST_LINES = 90;
  private static final List<String> COLUMNS =
      List.of(
          "method",
          "natural",
          "specialized",
          "structured",
          "mean of 6",
          "train peak memory (MiB)",
          "step (ms)");

  /** But for its table, which has a row a method. */
  @Test
  void readmeIsReadInOneSitting() throws IOException {
    List<String> lines = README.lines().stream().filter(line -> !line.startsWith("|")).toList();
    assertTrue(lines.size() <= MOST_LINES, () -> lines.size() + " lines");
  }

  @Test
  void noLineIsWiderThanAPage() throws IOException {
    for (Page page : Page.all()) {
      List<String> wide = page.lines().stream().filter(line -> line.length() > Page.WIDTH).toList();
      assertEquals(List.of(), wide, page::toString);
    }
  }

  @Test
  void readmeShowsTheResultsThatAreKept() throws IOException {
    StringBuilder table = new StringBuilder(row(COLUMNS));
    table.append(
        row(COLUMNS.stream().map(column -> column.equals("method") ? ":--" : "--:").toList()));
    results()
        .values()
        .forEach(
            cells ->
                table.append(
                    row(COLUMNS.stream().map(column -> cells.getOrDefault(column, "")).toList())));
    README.assertPart("results", "\n" + table + "\n");
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** What the tables say of each method, by column; of two columns of a name, the first. */
  private static Map<String, Map<String, String>> results() throws IOException {
    Map<String, Map<String, String>> methods = new TreeMap<>();
    List<String> header = List.of();
    for (String line : Page.of("results/pocket/README.md").lines()) {
      List<String> cells = Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
      if (!line.startsWith("| ")) {
        header = List.of();
      } else if (header.isEmpty()) {
        header = cells;
      } else if (header.get(0).equals("method") && !cells.get(0).startsWith(":")) {
        Map<String, String> known = methods.computeIfAbsent(cells.get(0), none -> new TreeMap<>());
        for (int i = 0; i < header.size(); i++) {
          known.putIfAbsent(header.get(i), cells.get(i));
        }
      }
    }
    return methods;
  }
}
