package org.peftbench.cli;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.peftbench.WrongInputException;

/** Times and sizes as users write them. */
final class Amounts {

  private static final Pattern BYTES = Pattern.compile("(\\d{1,12})(B|KiB|MiB|GiB|TiB)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);

  private Amounts() {}

  /**
   * Reads {@code 45s}, {@code 90m} or {@code 6h30m}.
   *
   * @param option to be named
   * @throws WrongInputException if it is no such time, or none at all
   */
  static Duration time(String option, String text) {
    try {
      Duration duration = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      if (!duration.isNegative() && !duration.isZero()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Said below, with what would be right.
    }
    throw new WrongInputException(
        option + " " + text + " is not a duration; write, for example, 45s, 90m or 6h30m");
  }

  /**
   * Reads {@code 20GiB} or {@code 512MiB}.
   *
   * @param option to be named
   * @throws WrongInputException if it is no such size, or none at all
   */
  static long bytes(String option, String text) {
    Matcher matcher = BYTES.matcher(text);
    if (matcher.matches()) {
      int shift = SHIFTS.getOrDefault(matcher.group(2), 0);
      long number = Long.parseLong(matcher.group(1));
      if (number > 0 && number <= Long.MAX_VALUE >> shift) {
        return number << shift;
      }
    }
    throw new WrongInputException(
        option + " " + text + " is not a size; write, for example, 512MiB or 20GiB");
  }
}
