package org.peftbench.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;
import java.io.IOException;

/**
 * Takes the stored samples of a decoded image; drawing it would convert between colour spaces and
 * change them.
 */
final class Rasters {

  private Rasters() {}

  /**
   * The image's samples as RGB; alpha is dropped. Of 16 bits Pillow takes the high byte, except of
   * plain gray, whose values it clips at 255.
   *
   * @param plainGray whether the file has gray alone, which a reader may give an alpha
   */
  static RgbImage toRgb(BufferedImage image, boolean plainGray) throws IOException {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return toRgb(raster, paletteColors(palette), false);
    }
    if (raster.getSampleModel() instanceof SinglePixelPackedSampleModel packed) {
      return unpacked(raster, packed.getSampleSize());
    }
    int bands = raster.getNumBands();
    return toRgb(raster, bands < 3 ? gray(bands) : color(bands), plainGray);
  }

  /** Applies a conversion to each row of samples of eight bits. */
  static RgbImage toRgb(Raster raster, SamplesToRgb conversion) throws IOException {
    return toRgb(raster, conversion, false);
  }

  private static RgbImage toRgb(Raster raster, SamplesToRgb conversion, boolean clip)
      throws IOException {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[3 * width * height];
    byte[] row = new byte[width * raster.getNumBands()];
    short[] wideRow = new short[isWide(raster) ? row.length : 0];
    for (int y = 0; y < height; y++) {
      int line = raster.getMinY() + y;
      if (isWide(raster)) {
        raster.getDataElements(raster.getMinX(), line, width, 1, wideRow);
        narrow(wideRow, row, clip);
      } else {
        raster.getDataElements(raster.getMinX(), line, width, 1, row);
      }
      conversion.convert(row, width, rgb, 3 * width * y);
    }
    return new RgbImage(width, height, rgb);
  }

  /** Red, green and blue of so many bits each in one number. */
  private static RgbImage unpacked(Raster raster, int[] bits) throws IOException {
    if (bits.length < 3) {
      throw new IOException("packed samples that are no colours");
    }
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[bits.length * width];
    for (int y = 0, to = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < 3; band++) {
          rgb[to++] = (byte) (row[bits.length * x + band] * 255 / ((1 << bits[band]) - 1));
        }
      }
    }
    return new RgbImage(width, raster.getHeight(), rgb);
  }

  private static boolean isWide(Raster raster) throws IOException {
    return switch (raster.getTransferType()) {
      case DataBuffer.TYPE_BYTE -> false;
      case DataBuffer.TYPE_USHORT -> true;
      default -> throw new IOException("samples of neither 8 nor 16 bits");
    };
  }

  private static void narrow(short[] samples, byte[] row, boolean clip) {
    for (int i = 0; i < row.length; i++) {
      int sample = Short.toUnsignedInt(samples[i]);
      row[i] = (byte) (clip ? Math.min(sample, 255) : sample >> 8);
    }
  }

  private static SamplesToRgb gray(int bands) {
    return (samples, width, rgb, at) -> {
      for (int x = 0, to = at; x < width; x++, to += 3) {
        rgb[to] = rgb[to + 1] = rgb[to + 2] = samples[x * bands];
      }
    };
  }

  private static SamplesToRgb color(int bands) {
    return (samples, width, rgb, at) -> {
      for (int x = 0; x < width; x++) {
        System.arraycopy(samples, x * bands, rgb, at + 3 * x, 3);
      }
    };
  }

  private static SamplesToRgb paletteColors(IndexColorModel palette) {
    int[] colors = new int[256];
    palette.getRGBs(colors);
    return paletteColors(colors);
  }

  /** A conversion of numbers of a palette's colours, red above green above blue. */
  static SamplesToRgb paletteColors(int[] colors) {
    return (samples, width, rgb, at) -> {
      for (int x = 0, to = at; x < width; x++, to += 3) {
        int color = colors[samples[x] & 255];
        rgb[to] = (byte) (color >> 16);
        rgb[to + 1] = (byte) (color >> 8);
        rgb[to + 2] = (byte) color;
      }
    };
  }
}
