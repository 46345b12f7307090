package org.peftbench.weights;

/** Text out of a file, made fit for a message: one line, no terminal commands, not endless. */
final class Printable {

  private static final int LONGEST = 400;

  private Printable() {}

  static String of(String text) {
    String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    return cut.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\x{80}-\\x{9f}]", "?");
  }

  /** Whether a name can be shown as it is. */
  static boolean is(String text) {
    return of(text).equals(text);
  }
}
