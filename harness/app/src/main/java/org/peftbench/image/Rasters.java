package org.peftbench.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Takes the stored samples of a decoded image; drawing it would convert between colour spaces and
 * change them.
 */
final class Rasters {

  private Rasters() {}

  /** The image's samples as RGB; alpha is dropped. */
  static RgbImage toRgb(BufferedImage image) throws IOException {
    Raster raster = image.getRaster();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return toRgb(raster, paletteColors(palette));
    }
    int bands = raster.getNumBands();
    return toRgb(raster, bands < 3 ? gray(bands) : color(bands));
  }

  /** Applies a conversion to each row of samples. */
  static RgbImage toRgb(Raster raster, SamplesToRgb conversion) throws IOException {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] rgb = new byte[3 * width * height];
    byte[] row = new byte[width * raster.getNumBands()];
    short[] wideRow = new short[isWide(raster) ? row.length : 0];
    for (int y = 0; y < height; y++) {
      int line = raster.getMinY() + y;
      if (isWide(raster)) {
        raster.getDataElements(raster.getMinX(), line, width, 1, wideRow);
        narrow(wideRow, row, raster.getNumBands() == 1);
      } else {
        raster.getDataElements(raster.getMinX(), line, width, 1, row);
      }
      conversion.convert(row, width, rgb, 3 * width * y);
    }
    return new RgbImage(width, height, rgb);
  }

  private static boolean isWide(Raster raster) throws IOException {
    return switch (raster.getTransferType()) {
      case DataBuffer.TYPE_BYTE -> false;
      case DataBuffer.TYPE_USHORT -> true;
      default -> throw new IOException("samples of neither 8 nor 16 bits");
    };
  }

  // Pillow takes the high byte, except of a plain gray image, whose values it clips at 255.
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
