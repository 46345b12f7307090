package org.peftbench.result;

import java.util.Optional;

/** Text that somebody else has written, of a length that can be kept and shown. */
public final class Bounded {

  /** Characters of a line that a person reads. */
  public static final int LINE = 1000;

  /** Characters of a name. */
  public static final int NAME = 200;

  private Bounded() {}

  /** The text, with an ellipsis where it was cut. */
  public static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }

  /**
   * Checks a text that is kept as it is.
   *
   * @throws IllegalArgumentException if it is longer
   */
  public static void require(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          "%s has %d characters; at most %d".formatted(what, text.length(), most));
    }
  }

  static void require(String what, Optional<String> text, int most) {
    text.ifPresent(there -> require(what, there, most));
  }
}
