package org.peftbench.image;

import java.io.IOException;

/** The words of a PNM file, between white space and comments. */
final class PnmText {

  private static final int MOST_DIGITS = 9;

  private final byte[] file;
  private int at;

  PnmText(byte[] file, int at) {
    this.file = file;
    this.at = at;
  }

  /** Where the next byte is read. */
  int position() {
    return at;
  }

  /** A number, and the one white space after it. */
  int number() throws IOException {
    int value = 0;
    int digits = 0;
    for (int next = next(); isDigit(next); next = at < file.length ? file[at++] : ' ') {
      value = 10 * value + next - '0';
      if (++digits > MOST_DIGITS) {
        throw new IOException("a number of more than " + MOST_DIGITS + " digits");
      }
    }
    if (digits == 0 || (!isSpace(file[at - 1]) && at < file.length)) {
      throw new IOException("expected a number before byte " + at);
    }
    return value;
  }

  /** A digit, which white space need not part from the next. */
  int digit() throws IOException {
    int next = next();
    if (!isDigit(next)) {
      throw new IOException("expected 0 or 1 at byte " + (at - 1));
    }
    return next - '0';
  }

  private int next() throws IOException {
    while (at < file.length) {
      byte next = file[at++];
      if (next == '#') {
        while (at < file.length && file[at] != '\n' && file[at] != '\r') {
          at++;
        }
      } else if (!isSpace(next)) {
        return next;
      }
    }
    throw new IOException("cut off");
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  static boolean isSpace(int character) {
    return character == ' ' || (character >= '\t' && character <= '\r');
  }
}
