package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peftbench.Printable;

/** Draws GitHub's Markdown, padded. */
final class Markdown {

  private static final Pattern OUTER_UNDERSCORES =
      Pattern.compile("(?<![A-Za-z0-9_])_+|_+(?![A-Za-z0-9_])");

  private Markdown() {}

  /** Draws the tables under what they share, which may be nothing. */
  static String render(String top, List<Grid> grids) {
    return grids.stream()
        .map(Markdown::grid)
        .collect(Collectors.joining("\n", top.isEmpty() ? "" : escape(top) + ".\n\n", ""));
  }

  /** The table alone, without caption and notes. */
  static String table(Grid grid) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(grid.header().stream().map(Markdown::escape).toList());
    grid.rows().forEach(row -> lines.add(row.stream().map(Markdown::cell).toList()));
    int[] widths =
        IntStream.range(0, grid.header().size())
            .map(i -> lines.stream().mapToInt(line -> length(line.get(i))).max().orElse(0))
            .map(width -> Math.max(width, 3))
            .toArray();
    lines.add(
        1,
        IntStream.range(0, widths.length)
            .mapToObj(
                i -> i == 0 ? ":" + "-".repeat(widths[i] - 1) : "-".repeat(widths[i] - 1) + ":")
            .toList());
    return lines.stream().map(line -> padded(line, widths)).collect(Collectors.joining());
  }

  private static String grid(Grid grid) {
    String notes =
        Stream.concat(
                IntStream.range(0, grid.footnotes().size())
                    .mapToObj(i -> "- [" + (i + 1) + "] " + escape(grid.footnotes().get(i))),
                grid.notes().stream().map(note -> "- " + escape(note)))
            .map(note -> note + "\n")
            .collect(Collectors.joining());
    return "**%s.**%s\n\n%s%s"
        .formatted(
            escape(grid.title()),
            grid.caption().isEmpty() ? "" : " " + escape(grid.caption()) + ".",
            table(grid),
            notes.isEmpty() ? "" : "\n" + notes);
  }

  private static String cell(Grid.Cell cell) {
    return escape(cell.text()) + (cell.footnote() == 0 ? "" : " [" + cell.footnote() + "]");
  }

  private static String padded(List<String> line, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            i -> {
              String space = " ".repeat(widths[i] - length(line.get(i)));
              return i == 0 ? line.get(i) + space : space + line.get(i);
            })
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /**
   * Takes their meaning from the characters that have one within a line. Underscores within a word
   * and a bracket that no link follows have none, and stay readable.
   */
  static String escape(String text) {
    String escaped =
        Printable.line(text)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replaceAll("([\\\\|`*~$])", "\\\\$1")
            .replaceAll("\\](?=[(\\[:])", "\\\\]");
    return OUTER_UNDERSCORES
        .matcher(escaped)
        .replaceAll(found -> "\\\\_".repeat(found.group().length()));
  }
}
