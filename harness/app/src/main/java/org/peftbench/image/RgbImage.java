package org.peftbench.image;

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
}
