package org.peftbench.image;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
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

  private static final int PIXELS_AT_A_TIME = 4096;

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

  /** Of the library's words: gray in bytes, or red, green, blue and an unused byte. */
  private static RgbImage image(Leptonica library, Pointer pix) throws IOException {
    int width = library.pixGetWidth(pix);
    int height = library.pixGetHeight(pix);
    byte[] rgb = new byte[3 * width * height];
    int depth = library.pixGetDepth(pix);
    if (depth == 32) {
      putColours(library.pixGetData(pix), rgb);
    } else if (depth == 8) {
      putGray(library, pix, rgb, width);
    } else {
      throw new IOException(depth + " bits a pixel");
    }
    return new RgbImage(width, height, rgb);
  }

  /** Four pixels become three words: storing bytes one by one takes longer. */
  private static void putColours(Pointer data, byte[] rgb) {
    IntBuffer packed = ByteBuffer.wrap(rgb).asIntBuffer();
    int pixels = rgb.length / 3;
    int[] words = new int[PIXELS_AT_A_TIME];
    for (int at = 0; at < pixels; at += words.length) {
      int count = Math.min(words.length, pixels - at);
      data.read(4L * at, words, 0, count);
      int to = 0;
      for (int from = 0; from + 3 < count; from += 4) {
        int second = words[from + 1];
        int third = words[from + 2];
        words[to++] = (words[from] & 0xFFFF_FF00) | (second >>> 24);
        words[to++] = (second << 8 & 0xFFFF_0000) | (third >>> 16);
        words[to++] = (third << 16 & 0xFF00_0000) | (words[from + 3] >>> 8);
      }
      packed.put(words, 0, to);
      for (int last = count & ~3; last < count; last++) {
        int pixel = 3 * (at + last);
        rgb[pixel] = (byte) (words[last] >> 24);
        rgb[pixel + 1] = (byte) (words[last] >> 16);
        rgb[pixel + 2] = (byte) (words[last] >> 8);
      }
    }
  }

  private static void putGray(Leptonica library, Pointer pix, byte[] rgb, int width) {
    Pointer data = library.pixGetData(pix);
    int[] row = new int[library.pixGetWpl(pix)];
    for (int at = 0, y = 0; at < rgb.length; at += 3 * width, y++) {
      data.read(4L * row.length * y, row, 0, row.length);
      for (int x = 0, to = at; x < width; x++, to += 3) {
        rgb[to] = rgb[to + 1] = rgb[to + 2] = (byte) (row[x >> 2] >> (24 - 8 * (x & 3)));
      }
    }
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
