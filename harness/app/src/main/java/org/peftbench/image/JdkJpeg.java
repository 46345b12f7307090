package org.peftbench.image;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** JPEG by the JDK's reader: which warnings it has, and samples as they are stored. */
final class JdkJpeg {

  private JdkJpeg() {}

  /**
   * Decodes a file whose samples are all of full size, so that every JDK gives the same.
   *
   * @param inks what its samples mean
   */
  static RgbImage decode(byte[] file, JpegInks inks) throws IOException {
    return Rasters.toRgb(raster(file), inks);
  }

  /** Throws if pixels are missing or damaged. */
  static void requireWhole(byte[] file) throws IOException {
    raster(file);
  }

  private static Raster raster(byte[] file) throws IOException {
    ImageReader reader = ImageReaders.of("JPEG");
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      ReadWarnings warnings = new ReadWarnings();
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(in, true, true);
      Raster raster = reader.readRaster(0, null);
      warnings.throwIfBroken();
      return raster;
    } finally {
      reader.dispose();
    }
  }
}
