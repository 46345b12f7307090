package org.peftbench.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** The JDK's readers, which are Java but for JPEG, and so the same on every JDK. */
final class ImageReaders {

  static {
    ImageIO.setUseCache(false); // files are in memory already
  }

  private ImageReaders() {}

  /** A reader for a format, by the name the JDK has for it. */
  static ImageReader of(String format) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getModule().getName() != null) { // not one of a jar's
        return reader;
      }
    }
    throw new IOException("this Java has no reader for " + format);
  }

  /** Decodes a file's first image. */
  static BufferedImage first(byte[] file, String format) throws IOException {
    ImageReader reader = of(format);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      return reader.read(0);
    } finally {
      reader.dispose();
    }
  }
}
