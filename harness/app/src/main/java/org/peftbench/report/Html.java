package org.peftbench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.peftbench.Printable;

/** Draws one page that needs no other file. */
final class Html {

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <title>peft-bench report</title>
      <style>
      body { font-family: sans-serif; margin: 2em; }
      table { border-collapse: collapse; border-top: 2px solid; border-bottom: 2px solid; }
      caption { text-align: left; max-width: 60em; padding: .5em 0; }
      th, td { padding: .2em .6em; text-align: right; white-space: nowrap; }
      th:first-child { text-align: left; }
      thead tr:last-child th { border-bottom: 1px solid; }
      thead th[colspan] { text-align: center; }
      ul { font-size: smaller; }
      </style>
      </head>
      <body>
      %s</body>
      </html>
      """;

  private Html() {}

  /** Draws the tables under what they share, which may be nothing. */
  static String render(String top, List<Grid> grids) {
    return PAGE.formatted(
        (top.isEmpty() ? "" : "<p>" + escape(top) + ".</p>\n")
            + grids.stream().map(Html::grid).collect(Collectors.joining()));
  }

  private static String grid(Grid grid) {
    return """
    <table id="%s">
    <caption><strong>%s.</strong>%s</caption>
    <thead>
    %s%s</thead>
    <tbody>
    %s</tbody>
    </table>
    %s"""
        .formatted(
            escape(grid.name()),
            escape(grid.title()),
            grid.caption().isEmpty() ? "" : " " + escape(grid.caption()) + ".",
            headings(grid),
            line(grid.header().stream().map(name -> "<th scope=\"col\">" + escape(name) + "</th>")),
            grid.rows().stream().map(Html::row).collect(Collectors.joining()),
            notes(grid));
  }

  private static String headings(Grid grid) {
    return grid.headings().isEmpty()
        ? ""
        : line(
            grid.spans().stream()
                .map(
                    span ->
                        "<th colspan=\"%d\">%s</th>"
                            .formatted(span.columns(), escape(span.heading()))));
  }

  private static String row(List<Grid.Cell> cells) {
    return line(
        IntStream.range(0, cells.size())
            .mapToObj(
                i ->
                    i == 0
                        ? "<th scope=\"row\">" + cell(cells.get(i)) + "</th>"
                        : "<td>" + cell(cells.get(i)) + "</td>"));
  }

  private static String cell(Grid.Cell cell) {
    String text = escape(cell.text());
    return (cell.best() ? "<strong>" + text + "</strong>" : text)
        + (cell.footnote() == 0 ? "" : "<sup>" + cell.footnote() + "</sup>");
  }

  private static String notes(Grid grid) {
    String items =
        Stream.concat(
                IntStream.range(0, grid.footnotes().size())
                    .mapToObj(i -> "<sup>" + (i + 1) + "</sup> " + escape(grid.footnotes().get(i))),
                grid.notes().stream().map(Html::escape))
            .map(item -> "<li>" + item + "</li>\n")
            .collect(Collectors.joining());
    return items.isEmpty() ? "" : "<ul>\n" + items + "</ul>\n";
  }

  private static String line(Stream<String> cells) {
    return cells.collect(Collectors.joining("", "<tr>", "</tr>\n"));
  }

  private static String escape(String text) {
    return Printable.line(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
