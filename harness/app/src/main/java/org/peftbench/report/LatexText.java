package org.peftbench.report;

import java.util.Map;
import java.util.stream.Collectors;
import org.peftbench.Printable;

/** Foreign text as LaTeX that compiles with the default fonts and prints what was written. */
final class LatexText {

  private static final Map<Integer, String> ESCAPES =
      Map.ofEntries(
          Map.entry((int) '\\', "\\textbackslash{}"),
          Map.entry((int) '{', "\\{"),
          Map.entry((int) '}', "\\}"),
          Map.entry((int) '$', "\\$"),
          Map.entry((int) '&', "\\&"),
          Map.entry((int) '#', "\\#"),
          Map.entry((int) '%', "\\%"),
          Map.entry((int) '_', "\\_"),
          Map.entry((int) '^', "\\textasciicircum{}"),
          Map.entry((int) '~', "\\textasciitilde{}"),
          Map.entry((int) '<', "\\textless{}"),
          Map.entry((int) '>', "\\textgreater{}"),
          Map.entry((int) '|', "\\textbar{}"),
          Map.entry((int) '`', "\\textasciigrave{}"),
          // After a line's end these two would be read as arguments of the line's end.
          Map.entry((int) '[', "{[}"),
          Map.entry((int) ']', "{]}"),
          Map.entry((int) '*', "{*}"),
          Map.entry((int) '±', "$\\pm$"),
          Map.entry((int) '…', "\\ldots{}"));

  private LatexText() {}

  static String escape(String text) {
    return Printable.line(text)
        .codePoints()
        .mapToObj(LatexText::escape)
        .collect(Collectors.joining())
        .replaceAll("-(?=-)", "-{}"); // else two of them are a dash
  }

  private static String escape(int character) {
    String escaped = ESCAPES.get(character);
    if (escaped != null) {
      return escaped;
    }
    return printable(character) ? Character.toString(character) : "?";
  }

  /** ASCII, and the accented letters that every font encoding can compose. */
  private static boolean printable(int character) {
    return character < 0x7f
        || (character >= 'À' && character <= 'ÿ' && "ÐÞðþ×÷".indexOf(character) < 0);
  }
}
