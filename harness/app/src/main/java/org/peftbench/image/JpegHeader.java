package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads from a JPEG file's headers what its samples mean, by libjpeg's rules. */
final class JpegHeader {

  private static final int START_OF_SCAN = 0xda;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;
  private static final int NO_ADOBE = -1;

  private final byte[] file;
  private boolean jfif;
  private int adobeTransform = NO_ADOBE;
  private int frame = -1;

  private JpegHeader(byte[] file) {
    this.file = file;
  }

  /**
   * Finds what the samples of a file mean.
   *
   * @throws IOException if there is no frame of one, three or four components
   */
  static JpegColors colors(byte[] file) throws IOException {
    JpegHeader header = new JpegHeader(file);
    header.scan();
    return header.colors();
  }

  private void scan() {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int at = 2;
    while (at + 4 <= file.length && (file[at] & 255) == 0xff) {
      int marker = file[at + 1] & 255;
      if (marker == 0xff) {
        at++; // a fill byte
        continue;
      }
      int length = Short.toUnsignedInt(buffer.getShort(at + 2));
      if (marker == START_OF_SCAN || at + 2 + length > file.length) {
        return;
      }
      see(marker, at, length);
      at += 2 + length;
    }
  }

  private void see(int marker, int at, int length) {
    if (marker == APP0 && length >= 16 && holds(at + 4, "JFIF\0")) {
      jfif = true;
    } else if (marker == APP14 && length >= 14 && holds(at + 4, "Adobe")) {
      adobeTransform = file[at + 15] & 255;
    } else if (isFrame(marker) && length >= 8 + 3 * (file[at + 9] & 255)) {
      frame = at;
    }
  }

  // Huffman tables, arithmetic conditioning and a reserved code share the frames' range.
  private static boolean isFrame(int marker) {
    return marker == 0xc0 || (marker > 0xc0 && marker <= 0xcf && marker % 4 != 0);
  }

  private boolean holds(int at, String word) {
    byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(file, at, bytes.length).equals(ByteBuffer.wrap(bytes));
  }

  private JpegColors colors() throws IOException {
    if (frame < 0) {
      throw new IOException("no frame header before the first scan");
    }
    int components = file[frame + 9] & 255;
    return switch (components) {
      case 1 -> JpegColors.GRAY;
      case 3 -> isRgb() ? JpegColors.RGB : JpegColors.YCBCR;
      case 4 ->
          adobeTransform == NO_ADOBE || adobeTransform == 0 ? JpegColors.CMYK : JpegColors.YCCK;
      default -> throw new IOException(components + " colour components, expected 1, 3 or 4");
    };
  }

  private boolean isRgb() {
    if (jfif || adobeTransform != NO_ADOBE) {
      return !jfif && adobeTransform == 0;
    }
    return file[frame + 10] == 'R' && file[frame + 13] == 'G' && file[frame + 16] == 'B';
  }
}
