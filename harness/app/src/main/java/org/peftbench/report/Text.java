package org.peftbench.report;

import java.math.BigDecimal;
import java.util.Locale;
import org.peftbench.Printable;

/** Foreign text and numbers, ready for one line of a table. */
public final class Text {

  private static final int LONGEST = 300;
  private static final int LONGEST_NOTE = 2000;

  private Text() {}

  /** One bounded line, printable. */
  static String oneLine(String foreign) {
    return oneLine(foreign, LONGEST);
  }

  /** The same for a note under a table, which a reader needs whole. */
  static String note(String foreign) {
    return oneLine(foreign, LONGEST_NOTE);
  }

  private static String oneLine(String foreign, int longest) {
    return Printable.line(foreign.replaceAll("\\s+", " ").strip(), longest);
  }

  /** Rounded, half up, for people. */
  public static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Every digit, without an exponent, for programs. */
  public static String exact(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
