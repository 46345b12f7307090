package org.peftbench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Damages bytes as disks, networks, people and attackers do. */
final class Mutator {

  private static final int MOST_CHANGES = 4;
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

  private static final List<String> NUMBERS =
      List.of(
          "-1",
          "0",
          "65536",
          "2147483647",
          "2147483648",
          "-9223372036854775808",
          "4294967295",
          "9223372036854775807",
          "99999999999999999999",
          "1e308",
          "1e999999999",
          "-0.0",
          "NaN",
          "1" + "0".repeat(400),
          "0x10",
          "1.5",
          "");

  private static final List<String> WORDS =
      List.of(
          "\u0000",
          "\u001b[31m",
          "\r\n",
          "\n",
          "\t",
          "\u202e",
          "\ufeff",
          "null",
          "{}",
          "[]",
          "\"",
          "\\",
          "../../",
          "/",
          "%s%n",
          "{\"a\":",
          "[[[[[[[[",
          "-----BEGIN X-----",
          "é",
          "\ud83d\ude00");

  private final RandomGenerator random;

  Mutator(RandomGenerator random) {
    this.random = random;
  }

  byte[] mutant(byte[] valid) {
    byte[] bytes = valid;
    int several = random.nextInt(3) == 0 ? random.nextInt(MOST_CHANGES) : 0;
    for (int changes = 1 + several; changes > 0; changes--) {
      bytes = changed(bytes);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes) {
    int length = bytes.length;
    if (length == 0) {
      return word();
    }
    int at = place(length);
    int end = Math.min(length, at + 1 + random.nextInt(random.nextBoolean() ? 16 : length));
    return switch (random.nextInt(11)) {
      case 0 -> with(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
      case 1 -> with(bytes, at, (byte) random.nextInt(256));
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> joined(Arrays.copyOf(bytes, at), word(), Arrays.copyOfRange(bytes, at, length));
      case 4 ->
          joined(
              Arrays.copyOf(bytes, end),
              Arrays.copyOfRange(bytes, at, end),
              Arrays.copyOfRange(bytes, end, length));
      case 5 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, length));
      case 6 -> swapped(bytes, at, place(length), end - at);
      case 7 -> filled(bytes, at, 1 << random.nextInt(4));
      case 8, 9 -> withNumber(bytes);
      default ->
          joined(
              Arrays.copyOf(bytes, at),
              repeated(bytes[at], 1 << random.nextInt(16)),
              Arrays.copyOfRange(bytes, at, length));
    };
  }

  /** The beginning of a file says what the rest means: it is changed as often as all the rest. */
  private int place(int length) {
    return random.nextInt(random.nextBoolean() ? Math.min(length, 64) : length);
  }

  private byte[] word() {
    return WORDS.get(random.nextInt(WORDS.size())).getBytes(UTF_8);
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] changed = bytes.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] repeated(byte value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, value);
    return bytes;
  }

  private static byte[] swapped(byte[] bytes, int one, int other, int wanted) {
    int count = Math.min(wanted, bytes.length - Math.max(one, other));
    byte[] changed = bytes.clone();
    System.arraycopy(bytes, one, changed, other, count);
    System.arraycopy(bytes, other, changed, one, count);
    return changed;
  }

  /** As large, as small or as negative as a binary number can be. */
  private byte[] filled(byte[] bytes, int at, int width) {
    byte[] changed = bytes.clone();
    int end = Math.min(bytes.length, at + width);
    Arrays.fill(changed, at, end, (byte) (random.nextBoolean() ? 0xff : 0));
    if (random.nextBoolean()) {
      changed[random.nextBoolean() ? at : end - 1] = (byte) (random.nextBoolean() ? 0x7f : 0x80);
    }
    return changed;
  }

  private byte[] withNumber(byte[] bytes) {
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    List<MatchResult> numbers = NUMBER.matcher(text).results().limit(10_000).toList();
    if (numbers.isEmpty()) {
      return with(bytes, place(bytes.length), (byte) '9');
    }
    MatchResult number = numbers.get(random.nextInt(numbers.size()));
    return joined(
        Arrays.copyOf(bytes, number.start()),
        NUMBERS.get(random.nextInt(NUMBERS.size())).getBytes(UTF_8),
        Arrays.copyOfRange(bytes, number.end(), bytes.length));
  }

  private static byte[] joined(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
