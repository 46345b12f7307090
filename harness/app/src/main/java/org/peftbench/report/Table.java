package org.peftbench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A table of words and numbers that are not those of a report of records.
 *
 * @param name unique among those that are printed together
 * @param title what it tells
 * @param header one name a column
 * @param rows as they are printed
 * @param notes lines under the table
 */
public record Table(
    String name, String title, List<String> header, List<List<String>> rows, List<String> notes) {

  /** Copies the lists. */
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
  }

  /** Tables as text that ends with a line's end; CSV has a line for each field of each row. */
  public static String render(List<Table> tables, Format format) {
    List<Grid> grids = tables.stream().map(Table::grid).toList();
    return switch (format) {
      case MD -> Markdown.render("", grids);
      case CSV -> csv(tables);
      case LATEX -> Latex.render("", grids);
      case JSON -> Report.json(tables.stream().map(Table::named).toList());
      case HTML -> Html.render("", grids);
    };
  }

  private Grid grid() {
    return new Grid(
        name,
        title,
        "",
        header.stream().map(Text::oneLine).toList(),
        List.of(),
        rows.stream()
            .map(row -> row.stream().map(text -> Grid.Cell.of(Text.oneLine(text))).toList())
            .toList(),
        List.of(),
        notes.stream().map(Text::note).toList());
  }

  private static String csv(List<Table> tables) {
    List<List<Object>> lines = new ArrayList<>();
    for (Table table : tables) {
      for (int row = 0; row < table.rows.size(); row++) {
        for (int column = 0; column < table.header.size(); column++) {
          lines.add(
              List.of(
                  table.name, row + 1, table.header.get(column), table.rows.get(row).get(column)));
        }
      }
    }
    return Csv.render(List.of("table", "row", "column", "value"), lines);
  }

  private record Named(
      String name, String title, List<Map<String, String>> rows, List<String> notes) {}

  private Named named() {
    return new Named(name, title, rows.stream().map(this::fields).toList(), notes);
  }

  private Map<String, String> fields(List<String> row) {
    Map<String, String> fields = new LinkedHashMap<>();
    IntStream.range(0, header.size()).forEach(i -> fields.put(header.get(i), row.get(i)));
    return fields;
  }
}
