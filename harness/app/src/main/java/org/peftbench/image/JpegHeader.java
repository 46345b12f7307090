package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A JPEG file's headers: its size, and how its samples are stored. */
final class JpegHeader {

  private static final int START_OF_SCAN = 0xda;
  private static final int APP14 = 0xee;
  private static final int NO_ADOBE = -1;

  private static final int MOST_STRAYS = 1 << 12;
  private static final int FRAME_BYTES = 2 + 8 + 3 * 4;

  private final ByteSource file;
  private int adobeTransform = NO_ADOBE;

  // From its marker on; empty before it is found.
  private byte[] frame = new byte[0];

  private JpegHeader(ByteSource file) {
    this.file = file;
  }

  /**
   * Reads a file's headers.
   *
   * @throws IOException if there is no frame of eight bits and one, three or four components
   */
  static JpegHeader of(ByteSource file) throws IOException {
    JpegHeader header = new JpegHeader(file);
    header.scan();
    header.requireReadable();
    return header;
  }

  private void scan() throws IOException {
    long at = 2;
    int strays = 0;
    while (true) {
      byte[] segment = file.read(at, FRAME_BYTES);
      if (segment.length < 4 || strays > MOST_STRAYS) {
        return;
      }
      int marker = segment[1] & 255;
      if ((segment[0] & 255) != 0xff || marker == 0xff) {
        at++; // a byte between two segments, which belongs to neither
        strays++;
        continue;
      }
      int length = ByteBuffer.wrap(segment).getShort(2) & 0xffff;
      if (marker == START_OF_SCAN || at + 2 + length > file.length()) {
        return;
      }
      see(marker, segment, length);
      at += 2 + length;
    }
  }

  private void see(int marker, byte[] segment, int length) {
    if (marker == APP14 && length >= 14 && holds(segment, "Adobe")) {
      adobeTransform = segment[15] & 255;
    } else if (isFrame(marker) && length >= 8 && length >= 8 + 3 * (segment[9] & 255)) {
      frame = segment;
    }
  }

  // Huffman tables, arithmetic conditioning and a reserved code share the frames' range.
  private static boolean isFrame(int marker) {
    return marker == 0xc0 || (marker > 0xc0 && marker <= 0xcf && marker % 4 != 0);
  }

  private static boolean holds(byte[] segment, String word) {
    byte[] bytes = word.getBytes(StandardCharsets.ISO_8859_1);
    return ByteBuffer.wrap(segment, 4, bytes.length).equals(ByteBuffer.wrap(bytes));
  }

  private void requireReadable() throws IOException {
    if (frame.length == 0) {
      throw new IOException("no frame header before the first scan");
    }
    if (frame[4] != 8) {
      throw new IOException(frame[4] + " bits a sample, expected 8");
    }
    if (components() != 1 && components() != 3 && components() != 4) {
      throw new IOException(components() + " colour components, expected 1, 3 or 4");
    }
  }

  private int components() {
    return frame[9] & 255;
  }

  /** The image's size. */
  ImageProbe probe() {
    ByteBuffer sizes = ByteBuffer.wrap(frame);
    return new ImageProbe(sizes.getShort(7) & 0xffff, sizes.getShort(5) & 0xffff);
  }

  boolean hasFourInks() {
    return components() == 4;
  }

  /**
   * Whether the image is refined from scan to scan, so that its end alone tells that all is there.
   */
  boolean isProgressive() {
    return (frame[1] & 3) == 2; // of every four kinds of frame the third
  }

  /** Throws if some components are stored smaller than others. */
  void requireNothingToEnlarge() throws IOException {
    for (int i = 1; i < components(); i++) {
      if (frame[11 + 3 * i] != frame[11]) {
        throw new IOException(
            "four inks of which some are stored smaller than others are not read");
      }
    }
  }

  /** What the samples of four inks mean. */
  JpegInks inks() {
    return adobeTransform == NO_ADOBE || adobeTransform == 0 ? JpegInks.CMYK : JpegInks.YCCK;
  }
}
