package org.peftbench.image;

/**
 * Resizes to a square without keeping the aspect ratio, byte for byte as Pillow's {@code resize}.
 *
 * <p>Follows {@code ImagingResample} for 8-bit images: weights with 22 fractional bits, first
 * across then down, rounded to 8 bits in between. Two samples share a {@code long}, one in each
 * half, so that one product does for both: a cell's JVM has no compiler that would do it.
 */
public final class Resize {

  // 32 bits, less 8 for the sample and 2 for the kernel's overshoot.
  private static final int FRACTION_BITS = 22;
  private static final int HALF = 1 << (FRACTION_BITS - 1);
  private static final long HALVES = pair(HALF, HALF);

  private Resize() {}

  /** Resizes to {@code size} by {@code size} pixels. */
  public static RgbImage toSquare(RgbImage image, int size, Interpolation interpolation) {
    long[] narrowed = across(image, Resampling.of(image.width(), size, interpolation), size);
    byte[] square = down(narrowed, Resampling.of(image.height(), size, interpolation), size);
    return new RgbImage(size, size, square);
  }

  /** How many pairs a row of {@code size} pixels has: pixels 2i and 2i + 1 make three. */
  private static int pairs(int size) {
    return 3 * ((size + 1) / 2);
  }

  /** Two rows at a time, as pairs of one above the other; gives rows of pairs side by side. */
  private static long[] across(RgbImage image, Resampling lines, int size) {
    int height = image.height();
    int pairs = pairs(size);
    long[] out = new long[Math.multiplyExact(pairs, height)];
    int[] weights = lines.fixedPoint(FRACTION_BITS);
    long[] line = new long[3 * image.width()];
    byte[] upper = new byte[2 * pairs];
    byte[] lower = new byte[2 * pairs];
    for (int y = 0; y < height; y += 2) {
      boolean alone = y + 1 == height;
      pairRows(image.pixels(), line, y, alone ? y : y + 1);
      for (int x = 0, to = 0; x < size; x++, to += 3) {
        long red = HALVES;
        long green = HALVES;
        long blue = HALVES;
        int source = 3 * lines.first(x);
        int end = lines.base(x) + lines.count(x);
        for (int tap = lines.base(x); tap < end; tap++, source += 3) {
          long weight = weights[tap];
          red += line[source] * weight;
          green += line[source + 1] * weight;
          blue += line[source + 2] * weight;
        }
        upper[to] = low(red);
        lower[to] = high(red);
        upper[to + 1] = low(green);
        lower[to + 1] = high(green);
        upper[to + 2] = low(blue);
        lower[to + 2] = high(blue);
      }
      pairPixels(upper, out, y * pairs, pairs);
      if (!alone) {
        pairPixels(lower, out, (y + 1) * pairs, pairs);
      }
    }
    return out;
  }

  private static void pairRows(byte[] pixels, long[] line, int upper, int lower) {
    int above = upper * line.length;
    int below = lower * line.length;
    for (int i = 0; i < line.length; i++) {
      line[i] = pair(pixels[above + i] & 255, pixels[below + i] & 255);
    }
  }

  private static void pairPixels(byte[] row, long[] out, int at, int pairs) {
    for (int i = 0, from = 0; i < pairs; i += 3, from += 6) {
      out[at + i] = pair(row[from] & 255, row[from + 3] & 255);
      out[at + i + 1] = pair(row[from + 1] & 255, row[from + 4] & 255);
      out[at + i + 2] = pair(row[from + 2] & 255, row[from + 5] & 255);
    }
  }

  private static byte[] down(long[] in, Resampling lines, int size) {
    int pairs = pairs(size);
    byte[] out = new byte[3 * size * size];
    int[] weights = lines.fixedPoint(FRACTION_BITS);
    for (int y = 0; y < size; y++) {
      int base = lines.base(y);
      int end = base + lines.count(y);
      int top = lines.first(y) * pairs;
      int to = 3 * size * y;
      for (int i = 0; i < pairs; i += 3, to += 6) {
        boolean alone = to + 3 == 3 * size * (y + 1);
        for (int c = 0; c < 3; c++) {
          long sum = HALVES;
          for (int tap = base, source = top + i + c; tap < end; tap++, source += pairs) {
            sum += in[source] * weights[tap];
          }
          out[to + c] = low(sum);
          if (!alone) {
            out[to + c + 3] = high(sum);
          }
        }
      }
    }
    return out;
  }

  private static long pair(int low, int high) {
    return low + ((long) high << 32);
  }

  private static byte low(long sums) {
    return clip((int) sums);
  }

  // What the lower half borrows when it is negative is given back.
  private static byte high(long sums) {
    return clip((int) ((sums - (int) sums) >> 32));
  }

  private static byte clip(int sum) {
    int level = sum >> FRACTION_BITS;
    return (byte) ((level & ~255) == 0 ? level : ~(level >> 31));
  }
}
