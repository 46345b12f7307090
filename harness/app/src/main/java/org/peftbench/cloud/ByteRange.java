package org.peftbench.cloud;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file.
 *
 * @param from its first byte
 * @param to the byte after its last
 */
record ByteRange(long from, long to) {

  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * What a {@code Range} header asks for; empty if it is not one range of bytes, and so to be
   * ignored.
   *
   * @param size of the file
   * @throws Unsatisfiable if the file has no such part
   */
  static Optional<ByteRange> of(String header, long size) throws Unsatisfiable {
    Matcher matcher = ONE.matcher(header.strip());
    if (!matcher.matches() || matcher.group(1).length() + matcher.group(2).length() == 0) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long last = Long.parseLong(matcher.group(2));
      if (last == 0 || size == 0) {
        throw new Unsatisfiable();
      }
      return Optional.of(new ByteRange(Math.max(0, size - last), size));
    }
    long from = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (!matcher.group(2).isEmpty() && last < from) {
      return Optional.empty();
    }
    if (from >= size) {
      throw new Unsatisfiable();
    }
    return Optional.of(new ByteRange(from, Math.min(size, last + 1)));
  }

  /** The file has no such part. */
  static final class Unsatisfiable extends Exception {
    private static final long serialVersionUID = 1L;
  }

  long bytes() {
    return to - from;
  }

  /** A {@code Content-Range} header. */
  String header(long size) {
    return "bytes %d-%d/%d".formatted(from, to - 1, size);
  }
}
