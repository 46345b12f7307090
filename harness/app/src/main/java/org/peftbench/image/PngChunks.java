package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The checksums of a PNG file, which the JDK's reader does not look at. */
final class PngChunks {

  private static final int SIGNATURE_BYTES = 8;
  private static final int LENGTH_TYPE_AND_CRC_BYTES = 12;
  private static final int IEND = 0x49454e44;
  private static final int ANCILLARY = 0x20000000;

  private PngChunks() {}

  /**
   * Checks every chunk that the pixels come from, up to the end of the image.
   *
   * @throws IOException if a chunk is cut off or its checksum does not fit
   */
  static void check(byte[] file) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int at = SIGNATURE_BYTES;
    while (file.length - at >= LENGTH_TYPE_AND_CRC_BYTES) {
      int length = buffer.getInt(at);
      int type = buffer.getInt(at + 4);
      if (length < 0 || length > file.length - at - LENGTH_TYPE_AND_CRC_BYTES) {
        break;
      }
      if ((type & ANCILLARY) == 0) {
        CRC32 crc = new CRC32();
        crc.update(file, at + 4, length + 4);
        if ((int) crc.getValue() != buffer.getInt(at + 8 + length)) {
          throw new IOException("wrong checksum of the chunk at byte " + at);
        }
      }
      if (type == IEND) {
        return;
      }
      at += LENGTH_TYPE_AND_CRC_BYTES + length;
    }
    throw new IOException("ends before its IEND chunk");
  }
}
