package org.peftbench;

/**
 * Foreign text, fit to be shown: nothing in it commands a terminal, hides, or turns the order of
 * what stands beside it.
 *
 * <p>Such characters become escapes as JSON and Java have them, so that JSON stays what it was.
 */
public final class Printable {

  private Printable() {}

  /** Text whose lines and tabs are its own. */
  public static String text(String foreign) {
    return escaped(foreign, "\n\t");
  }

  /** Text that is to stay in its line. */
  public static String line(String foreign) {
    return escaped(foreign, "");
  }

  /**
   * The beginning of text that is to stay in its line.
   *
   * @param most characters that are shown
   */
  public static String line(String foreign, int most) {
    // Bounded before it is looked at: two halves make a character, and an escape is longer yet.
    String line = line(foreign.substring(0, Math.min(foreign.length(), 2 * most + 1)));
    return line.codePointCount(0, line.length()) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "…";
  }

  /** Whether text of so many characters at most is shown in a line as it is. */
  public static boolean is(String foreign, int most) {
    return line(foreign, most).equals(foreign);
  }

  private static String escaped(String foreign, String own) {
    if (foreign.codePoints().noneMatch(Printable::acts)) {
      return foreign;
    }
    StringBuilder shown = new StringBuilder();
    foreign
        .codePoints()
        .forEach(
            character -> {
              if (acts(character) && own.indexOf(character) < 0) {
                escape(character, shown);
              } else {
                shown.appendCodePoint(character);
              }
            });
    return shown.toString();
  }

  private static void escape(int character, StringBuilder into) {
    switch (character) {
      case '\n' -> into.append("\\n");
      case '\r' -> into.append("\\r");
      case '\t' -> into.append("\\t");
      default -> {
        for (char part : Character.toChars(character)) {
          into.append("\\u%04x".formatted((int) part));
        }
      }
    }
  }

  /** Whether a character does something rather than being seen. */
  private static boolean acts(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
