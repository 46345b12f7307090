package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peftbench.Printable;

/** Draws floats with booktabs' rules, ready to paste. */
final class Latex {

  // What fits the text width of an ordinary paper; wider tables are scaled down.
  private static final int MOST_COLUMNS = 8;

  private Latex() {}

  /** Draws the tables under what they share, which may be nothing, as a comment. */
  static String render(String top, List<Grid> grids) {
    return grids.stream()
        .map(Latex::grid)
        .collect(
            Collectors.joining(
                "\n",
                "% needs \\usepackage{booktabs,graphicx}\n"
                    + (top.isEmpty() ? "" : "% " + Printable.line(top) + ".\n"),
                ""));
  }

  private static String grid(Grid grid) {
    boolean wide = grid.header().size() > MOST_COLUMNS;
    return """
    \\begin{table}
    \\centering
    \\caption{%s.%s}
    \\label{tab:%s}
    %s\\begin{tabular}{l%s}
    \\toprule
    %s%s\\midrule
    %s\\bottomrule
    \\end{tabular}%s
    %s\\end{table}
    """
        .formatted(
            LatexText.escape(grid.title()),
            grid.caption().isEmpty() ? "" : " " + LatexText.escape(grid.caption()) + ".",
            grid.name(),
            wide ? "\\resizebox{\\textwidth}{!}{%\n" : "",
            "r".repeat(grid.header().size() - 1),
            headings(grid),
            line(grid.header().stream().map(LatexText::escape)),
            grid.rows().stream()
                .map(row -> line(row.stream().map(Latex::cell)))
                .collect(Collectors.joining()),
            wide ? "}" : "",
            notes(grid));
  }

  private static String headings(Grid grid) {
    if (grid.headings().isEmpty()) {
      return "";
    }
    List<String> names = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    int first = 1;
    for (Grid.Span span : grid.spans()) {
      int last = first + span.columns() - 1;
      names.add(
          "\\multicolumn{%d}{c}{%s}".formatted(span.columns(), LatexText.escape(span.heading())));
      if (!span.heading().isEmpty()) {
        rules.add("\\cmidrule(lr){%d-%d}".formatted(first, last));
      }
      first = last + 1;
    }
    return line(names.stream()) + String.join(" ", rules) + "\n";
  }

  private static String cell(Grid.Cell cell) {
    String text = LatexText.escape(cell.text());
    return (cell.best() ? "\\textbf{" + text + "}" : text)
        + (cell.footnote() == 0 ? "" : "$^{" + cell.footnote() + "}$");
  }

  private static String notes(Grid grid) {
    return Stream.concat(
            IntStream.range(0, grid.footnotes().size())
                .mapToObj(i -> "$^{" + (i + 1) + "}$ " + LatexText.escape(grid.footnotes().get(i))),
            grid.notes().stream().map(LatexText::escape))
        .map(note -> "\n\\par\\raggedright\\footnotesize " + note + "\n")
        .collect(Collectors.joining());
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining(" & ", "", " \\\\\n"));
  }
}
