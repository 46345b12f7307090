package org.peftbench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.peftbench.Printable;

/** Writes comma-separated values that a spreadsheet takes for what they are. */
final class Csv {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private Csv() {}

  /** Lines of text and numbers; anything else is written as text. */
  static String render(List<String> header, List<? extends List<?>> lines) {
    return Stream.concat(Stream.of(header), lines.stream())
        .map(line -> FORMAT.format(line.stream().map(Csv::cell).toArray()) + "\n")
        .collect(Collectors.joining());
  }

  private static String cell(Object value) {
    if (value instanceof Double number) {
      return Text.exact(number);
    }
    String text = String.valueOf(value);
    return value instanceof Number ? text : harmless(Printable.line(text));
  }

  /** Text that a spreadsheet would run as a formula is quoted for it. */
  private static String harmless(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }
}
