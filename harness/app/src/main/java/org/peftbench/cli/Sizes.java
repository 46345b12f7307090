package org.peftbench.cli;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;

/** Sizes in bytes as users type them. */
final class Sizes {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)");
  private static final Map<String, Integer> SHIFT = Map.of("KiB", 10, "MiB", 20, "GiB", 30);

  private Sizes() {}

  /**
   * Reads a size.
   *
   * @param option that it was given with
   * @throws WrongInputException if it is none
   */
  static long bytes(String option, String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
      throw new WrongInputException(
          option + " " + text + " is not a size; write, for example, 512MiB or 2GiB");
    }
    return Long.parseLong(size.group(1)) << SHIFT.get(size.group(2));
  }
}
