package org.peftbench.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The file formats that are read, told apart by their first bytes and never by the file's name. */
enum ImageFormat {
  JPEG("JPEG"),
  PNG("PNG"),
  WEBP("WebP"),
  PNM("PNM");

  /** First bytes that are enough to know the format. */
  static final int HEAD_BYTES = 16;

  /** Last bytes that {@link #endsWell} wants to see. */
  static final int TAIL_BYTES = 1024;

  private static final String PNG_START = "\u0089PNG\r\n\u001a\n";
  private static final String PNG_END = "IEND\u00aeB`\u0082";

  private final String title;

  ImageFormat(String title) {
    this.title = title;
  }

  /** The format of a file that starts so, if it is one of these. */
  static Optional<ImageFormat> of(byte[] head) {
    String start = latin1(head);
    if (start.startsWith("\u00ff\u00d8\u00ff")) {
      return Optional.of(JPEG);
    }
    if (start.startsWith(PNG_START)) {
      return Optional.of(PNG);
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBP", 8)) {
      return Optional.of(WEBP);
    }
    return start.matches("(?s)P[1-6]\\s.*") ? Optional.of(PNM) : Optional.empty();
  }

  /**
   * Whether a file's end shows that nothing is missing; false leaves it open, as for a PNM file or
   * for one with a long trailer.
   *
   * @param head the file's first {@link #HEAD_BYTES} bytes, or all
   * @param tail the file's last {@link #TAIL_BYTES} bytes, or all
   * @param size of the file, in bytes
   */
  boolean endsWell(byte[] head, byte[] tail, long size) {
    return switch (this) {
      // Inside compressed data 0xFF is always followed by 0 or a restart marker.
      case JPEG -> latin1(tail).contains("\u00ff\u00d9");
      case PNG -> latin1(tail).contains(PNG_END);
      case WEBP -> size >= riffBytes(head);
      case PNM -> false;
    };
  }

  /** The size in bytes that a WebP file has by its own header. */
  static long riffBytes(byte[] head) {
    int payload = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    return Integer.toUnsignedLong(payload) + 8;
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return title;
  }
}
