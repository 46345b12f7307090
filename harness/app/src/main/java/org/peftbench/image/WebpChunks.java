package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a WebP file, whose lengths the reader believes. */
final class WebpChunks {

  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int VP8X = fourCharacters("VP8X");
  private static final int ICCP = fourCharacters("ICCP");
  private static final int UNKNOWN = fourCharacters("none");
  private static final int HAS_PROFILE = 0x20;

  private WebpChunks() {}

  /**
   * Checks that all chunks are there, and hides a colour profile: the reader would apply it, and
   * would allot as much memory for it as it claims to need.
   *
   * @param file the file's bytes, changed in place
   * @throws IOException if the file or a chunk is cut off
   */
  static void checkAndHideProfile(byte[] file) throws IOException {
    long end = ImageFormat.riffBytes(file);
    if (file.length < end) {
      throw new IOException("cut off at " + file.length + " of " + end + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long at = RIFF_HEADER_BYTES;
    while (at + CHUNK_HEADER_BYTES <= end) {
      int chunk = (int) at;
      long length = Integer.toUnsignedLong(buffer.getInt(chunk + 4));
      if (length > end - at - CHUNK_HEADER_BYTES) {
        throw new IOException("cut off in the chunk at byte " + at);
      }
      if (buffer.getInt(chunk) == ICCP) {
        buffer.putInt(chunk, UNKNOWN);
      } else if (buffer.getInt(chunk) == VP8X && length > 0) {
        file[chunk + CHUNK_HEADER_BYTES] &= ~HAS_PROFILE;
      }
      at += CHUNK_HEADER_BYTES + length + length % 2;
    }
  }

  private static int fourCharacters(String name) {
    int code = 0;
    for (int i = 3; i >= 0; i--) {
      code = code << 8 | name.charAt(i);
    }
    return code;
  }
}
