package org.peftbench.image;

import java.util.Objects;

/**
 * An 8-bit RGB image.
 *
 * @param width in pixels
 * @param height in pixels
 * @param pixels rows of interleaved red, green, blue: (height, width, 3); not copied
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are bulk data, handed on and never compared
public record RgbImage(int width, int height, byte[] pixels) {

  /** Checks that the sizes fit together. */
  public RgbImage {
    if (width <= 0 || height <= 0 || pixels.length != 3L * width * height) {
      throw new IllegalArgumentException(
          pixels.length + " bytes are not " + width + " x " + height + " pixels of three bytes");
    }
  }

  /**
   * A part of the image.
   *
   * @param left first column
   * @param top first row
   * @param wide columns
   * @param high rows
   * @param mirrored whether left and right change places
   * @throws IndexOutOfBoundsException if the part is not inside
   */
  public RgbImage cut(int left, int top, int wide, int high, boolean mirrored) {
    Objects.checkFromIndexSize(left, wide, width);
    Objects.checkFromIndexSize(top, high, height);
    byte[] part = new byte[3 * wide * high];
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int from = 3 * ((top + y) * width + left + (mirrored ? wide - 1 - x : x));
        System.arraycopy(pixels, from, part, 3 * (y * wide + x), 3);
      }
    }
    return new RgbImage(wide, high, part);
  }
}
