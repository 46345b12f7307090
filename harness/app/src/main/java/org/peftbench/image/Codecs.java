package org.peftbench.image;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * libjpeg-turbo and libwebp, the libraries that Pillow decodes with, out of a build of Leptonica
 * that comes as a jar. Loaded when the first such image is decoded, and hidden from the engine's
 * libraries.
 */
final class Codecs {

  static final String JPEG_LIBRARY = "libjpeg-turbo 3.0.1";
  static final String WEBP_LIBRARY = "libwebp 1.4.0";

  private static final String RESOURCE = "/org/bytedeco/leptonica/linux-x86_64/libleptonica.so.6";
  private static final int LAZY_AND_LOCAL = 1; // of dlopen
  private static final int NO_MESSAGES = 6;
  private static final int KEEP_WHAT_IS_DAMAGED = 2;

  private static @Nullable Leptonica loaded;

  /** As Leptonica's and libwebp's headers have it; {@code long} is {@code size_t}. */
  @SuppressWarnings("MethodName") // C's names
  private interface Leptonica extends Library {
    int setMsgSeverity(int severity);

    @Nullable Pointer pixReadMemJpeg(
        byte[] data, long size, int colorMap, int reduction, IntByReference warnings, int hint);

    Pointer pixGetData(Pointer pix);

    int pixGetWidth(Pointer pix);

    int pixGetHeight(Pointer pix);

    int pixGetDepth(Pointer pix);

    int pixGetWpl(Pointer pix);

    void pixDestroy(PointerByReference pix);

    @Nullable Pointer WebPDecodeRGBInto(
        byte[] data, long size, Pointer rgb, long rgbBytes, int rowBytes);
  }

  private Codecs() {}

  /**
   * A decoded JPEG.
   *
   * @param image empty if there is none
   * @param warnings how often the library warned of damage
   */
  record Decoded(Optional<RgbImage> image, int warnings) {}

  /** Decodes a JPEG of one or three components, whatever the library warns of. */
  static Decoded jpeg(byte[] file) throws IOException {
    Leptonica library = library();
    IntByReference warnings = new IntByReference();
    Pointer pix = library.pixReadMemJpeg(file, file.length, 0, 1, warnings, KEEP_WHAT_IS_DAMAGED);
    if (pix == null) {
      return new Decoded(Optional.empty(), warnings.getValue());
    }
    try {
      return new Decoded(Optional.of(image(library, pix)), warnings.getValue());
    } finally {
      library.pixDestroy(new PointerByReference(pix));
    }
  }

  /** A row of the library's words: gray in bytes, or red, green, blue and an unused byte. */
  private static RgbImage image(Leptonica library, Pointer pix) throws IOException {
    int width = library.pixGetWidth(pix);
    int height = library.pixGetHeight(pix);
    int words = library.pixGetWpl(pix);
    int depth = library.pixGetDepth(pix);
    if (depth != 8 && depth != 32) {
      throw new IOException(depth + " bits a pixel");
    }
    Pointer data = library.pixGetData(pix);
    byte[] rgb = new byte[3 * width * height];
    int[] row = new int[words];
    for (int y = 0, to = 0; y < height; y++) {
      data.read(4L * words * y, row, 0, words);
      for (int x = 0; x < width; x++, to += 3) {
        if (depth == 32) {
          int pixel = row[x];
          rgb[to] = (byte) (pixel >> 24);
          rgb[to + 1] = (byte) (pixel >> 16);
          rgb[to + 2] = (byte) (pixel >> 8);
        } else {
          rgb[to] = rgb[to + 1] = rgb[to + 2] = (byte) (row[x >> 2] >> (24 - 8 * (x & 3)));
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * Decodes a WebP image without its alpha.
   *
   * @return empty if it is broken
   */
  static Optional<RgbImage> webp(byte[] file, ImageProbe size) throws IOException {
    Leptonica library = library();
    int rowBytes = 3 * size.width();
    int bytes = rowBytes * size.height();
    try (Memory pixels = new Memory(bytes)) {
      if (library.WebPDecodeRGBInto(file, file.length, pixels, bytes, rowBytes) == null) {
        return Optional.empty();
      }
      return Optional.of(new RgbImage(size.width(), size.height(), pixels.getByteArray(0, bytes)));
    }
  }

  private static synchronized Leptonica library() throws IOException {
    if (loaded == null) {
      loaded = load();
    }
    return loaded;
  }

  private static Leptonica load() throws IOException {
    File file = Native.extractFromResourcePath(RESOURCE, Codecs.class.getClassLoader());
    try {
      Leptonica library =
          Native.load(
              file.getPath(), Leptonica.class, Map.of(Library.OPTION_OPEN_FLAGS, LAZY_AND_LOCAL));
      library.setMsgSeverity(NO_MESSAGES);
      return library;
    } catch (UnsatisfiedLinkError e) {
      throw new IOException("the decoder of JPEG and WebP cannot be loaded: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(file.toPath()); // what is loaded does not need its name
    }
  }
}
