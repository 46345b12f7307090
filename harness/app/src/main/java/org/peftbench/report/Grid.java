package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A table as people see it, rounded and worded; the formats for people only draw it.
 *
 * @param name unique in the report, for references
 * @param title what the numbers are
 * @param caption the setting that they hold for, as far as not all tables of the report share it;
 *     empty if they do
 * @param header one name a column; the first column holds text, the others numbers
 * @param headings for each column, what stands above the header; empty if nothing does anywhere
 * @param footnotes those that cells point to, the first being number 1
 * @param notes further lines under the table
 */
record Grid(
    String name,
    String title,
    String caption,
    List<String> header,
    List<String> headings,
    List<List<Cell>> rows,
    List<String> footnotes,
    List<String> notes) {

  /**
   * One cell.
   *
   * @param footnote the number of its footnote, 0 for none
   * @param best whether no other row of the column is better
   */
  record Cell(String text, int footnote, boolean best) {

    static Cell of(String text) {
      return new Cell(text, 0, false);
    }
  }

  /** A heading and how many columns it spans. */
  record Span(String heading, int columns) {}

  /** Equal neighbours among the headings, taken together. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    for (String heading : headings) {
      int last = spans.size() - 1;
      if (last >= 0 && spans.get(last).heading.equals(heading)) {
        spans.set(last, new Span(heading, spans.get(last).columns + 1));
      } else {
        spans.add(new Span(heading, 1));
      }
    }
    return spans;
  }
}
