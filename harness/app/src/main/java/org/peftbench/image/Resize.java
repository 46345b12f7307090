package org.peftbench.image;

/**
 * Resizes to a square without keeping the aspect ratio, byte for byte as Pillow's {@code resize}.
 *
 * <p>Follows {@code ImagingResample} for 8-bit images: weights with 22 fractional bits, first
 * across then down, rounded to 8 bits in between. Two samples share a {@code long}, one in each
 * half, so that one product does for both; loops read locals and no fields. A cell's JVM has no
 * compiler that would do either.
 */
public final class Resize {

  // 32 bits, less 8 for the sample and 2 for the kernel's overshoot.
  private static final int FRACTION_BITS = 22;
  private static final int HALF = 1 << (FRACTION_BITS - 1);
  private static final long HALVES = pair(HALF, HALF);

  private static final long LOW_HALF = 0xFFFF_FFFFL;
  private static final long WHOLE_BITS = 0x3FF_0000_03FFL;
  private static final long BEYOND_A_BYTE = 0x300_0000_0300L;

  /** Narrowed rows that are kept besides those at work, so that they are seldom moved. */
  private static final int SPARE_ROWS = 32;

  private final RgbImage image;
  private final int size;
  private final Resampling columns;
  private final int[] columnWeights;
  private final int[] starts;
  private final int[] ends;
  private final long[] line;

  /** Longs in a narrowed row: pixels 2i and 2i + 1 make three. */
  private final int pairs;

  private Resize(RgbImage image, int size, Interpolation interpolation) {
    this.image = image;
    this.size = size;
    this.columns = Resampling.of(image.width(), size, interpolation);
    this.columnWeights = columns.fixedPoint(FRACTION_BITS);
    this.starts = new int[size];
    this.ends = new int[size];
    for (int i = 0; i < size; i++) {
      starts[i] = 3 * columns.first(i);
      ends[i] = columns.base(i) + columns.count(i);
    }
    this.line = new long[3 * image.width()];
    this.pairs = 3 * ((size + 1) / 2);
  }

  /** Resizes to {@code size} by {@code size} pixels. */
  public static RgbImage toSquare(RgbImage image, int size, Interpolation interpolation) {
    Resampling rows = Resampling.of(image.height(), size, interpolation);
    return new RgbImage(size, size, new Resize(image, size, interpolation).square(rows));
  }

  /** Narrows rows when they are needed, two at a time, so that those at work stay in the cache. */
  private byte[] square(Resampling rows) {
    byte[] out = new byte[3 * size * size];
    int[] weights = rows.fixedPoint(FRACTION_BITS);
    long[] narrowed = new long[pairs * (rows.mostSamples() + 1 + SPARE_ROWS)];
    int first = 0;
    int end = 0;
    for (int y = 0; y < size; y++) {
      int top = rows.first(y);
      int bottom = top + rows.count(y);
      if ((bottom + 1 - first) * pairs > narrowed.length) {
        System.arraycopy(narrowed, (top - first) * pairs, narrowed, 0, (end - top) * pairs);
        first = top;
      }
      for (; end < bottom; end += 2) {
        narrow(end, narrowed, (end - first) * pairs);
      }
      int tap = rows.base(y);
      down(narrowed, (top - first) * pairs, weights, tap, tap + rows.count(y), out, y);
    }
    return out;
  }

  /** From pairs of samples, one above the other, to two rows of pairs side by side. */
  private void narrow(int row, long[] out, int at) {
    int[] weights = columnWeights;
    int pairs = this.pairs;
    int stride = columns.mostSamples();
    int[] starts = this.starts;
    int[] ends = this.ends;
    long[] line = pairOfRows(row, Math.min(row + 1, image.height() - 1));
    long evenBlue = 0;
    for (int x = 0; x < size; x++) {
      long red = HALVES;
      long green = HALVES;
      long blue = HALVES;
      int end = ends[x];
      for (int tap = x * stride, source = starts[x]; tap < end; tap++, source += 3) {
        long weight = weights[tap];
        red += line[source] * weight;
        green += line[source + 1] * weight;
        blue += line[source + 2] * weight;
      }
      red = levels(red);
      green = levels(green);
      blue = levels(blue);
      boolean even = (x & 1) == 0;
      int to = at + 3 * (x >> 1);
      int colours = even ? to : to + 1;
      out[colours] = lowHalves(red, green);
      out[colours + pairs] = highHalves(red, green);
      if (even) {
        evenBlue = blue;
      }
      if (!even || x + 1 == size) {
        out[to + 2] = lowHalves(evenBlue, blue);
        out[to + 2 + pairs] = highHalves(evenBlue, blue);
      }
    }
  }

  /** The samples of two rows, each a pair. */
  private long[] pairOfRows(int upper, int lower) {
    long[] line = this.line;
    byte[] pixels = image.pixels();
    int above = upper * line.length;
    int below = lower * line.length;
    for (int i = 0; i < line.length; i++) {
      line[i] = pair(pixels[above + i] & 255, pixels[below + i] & 255);
    }
    return line;
  }

  /** A row of the square, from rows of pairs side by side. */
  private void down(long[] in, int top, int[] weights, int from, int end, byte[] out, int y) {
    int pairs = this.pairs;
    int rowEnd = 3 * size * (y + 1);
    for (int i = top, to = 3 * size * y; to < rowEnd; i += 3, to += 6) {
      long even = HALVES;
      long odd = HALVES;
      long blues = HALVES;
      for (int tap = from, source = i; tap < end; tap++, source += pairs) {
        long weight = weights[tap];
        even += in[source] * weight;
        odd += in[source + 1] * weight;
        blues += in[source + 2] * weight;
      }
      even = levels(even);
      blues = levels(blues);
      out[to] = (byte) even;
      out[to + 1] = (byte) (even >> 32);
      out[to + 2] = (byte) blues;
      if (to + 3 < rowEnd) {
        odd = levels(odd);
        out[to + 3] = (byte) odd;
        out[to + 4] = (byte) (odd >> 32);
        out[to + 5] = (byte) (blues >> 32);
      }
    }
  }

  private static long pair(int low, int high) {
    return low + ((long) high << 32);
  }

  private static long lowHalves(long a, long b) {
    return (a & LOW_HALF) + (b << 32);
  }

  private static long highHalves(long a, long b) {
    return (a >>> 32) + (b & ~LOW_HALF);
  }

  /** Rounds two sums to samples; most need not be clipped. */
  private static long levels(long sums) {
    long levels = (sums >> FRACTION_BITS) & WHOLE_BITS;
    return (levels & BEYOND_A_BYTE) == 0 ? levels : clipped(sums);
  }

  // What the lower half borrows when it is negative is given back.
  private static long clipped(long sums) {
    return pair(clip((int) sums), clip((int) ((sums - (int) sums) >> 32)));
  }

  private static int clip(int sum) {
    return Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }
}
