package org.peftbench.image;

import java.util.Arrays;

/**
 * Resizes to a square without keeping the aspect ratio, byte for byte as Pillow's {@code resize}.
 *
 * <p>Follows {@code ImagingResample} for 8-bit images: weights with 22 fractional bits, first
 * across then down, rounded to 8 bits in between.
 */
public final class Resize {

  // 32 bits, less 8 for the sample and 2 for the kernel's overshoot.
  private static final int FRACTION_BITS = 22;
  private static final int HALF = 1 << (FRACTION_BITS - 1);

  private Resize() {}

  /** Resizes to {@code size} by {@code size} pixels. */
  public static RgbImage toSquare(RgbImage image, int size, Interpolation interpolation) {
    byte[] narrowed = across(image, Resampling.of(image.width(), size, interpolation), size);
    byte[] square =
        down(narrowed, 3 * size, Resampling.of(image.height(), size, interpolation), size);
    return new RgbImage(size, size, square);
  }

  private static byte[] across(RgbImage image, Resampling lines, int size) {
    byte[] in = image.pixels();
    byte[] out = new byte[Math.multiplyExact(3 * size, image.height())];
    int[] weights = lines.fixedPoint(FRACTION_BITS);
    int at = 0;
    for (int y = 0; y < image.height(); y++) {
      int row = 3 * image.width() * y;
      for (int x = 0; x < size; x++) {
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        int source = row + 3 * lines.first(x);
        int end = lines.base(x) + lines.count(x);
        for (int tap = lines.base(x); tap < end; tap++, source += 3) {
          int weight = weights[tap];
          red += (in[source] & 255) * weight;
          green += (in[source + 1] & 255) * weight;
          blue += (in[source + 2] & 255) * weight;
        }
        out[at++] = clip(red);
        out[at++] = clip(green);
        out[at++] = clip(blue);
      }
    }
    return out;
  }

  private static byte[] down(byte[] in, int rowBytes, Resampling lines, int size) {
    byte[] out = new byte[rowBytes * size];
    int[] weights = lines.fixedPoint(FRACTION_BITS);
    int[] sums = new int[rowBytes];
    for (int y = 0; y < size; y++) {
      Arrays.fill(sums, HALF);
      for (int tap = 0; tap < lines.count(y); tap++) {
        int weight = weights[lines.base(y) + tap];
        int source = (lines.first(y) + tap) * rowBytes;
        for (int i = 0; i < rowBytes; i++) {
          sums[i] += (in[source + i] & 255) * weight;
        }
      }
      for (int i = 0; i < rowBytes; i++) {
        out[y * rowBytes + i] = clip(sums[i]);
      }
    }
    return out;
  }

  private static byte clip(int sum) {
    return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
  }
}
