package org.peftbench.weights;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** The list of entries at the end of a zip, which Java reads into memory whatever its size. */
final class ZipDirectory {

  /** {@link NpzFile} reads no more entries than have room in this. */
  private static final long MAX_BYTES = 32 << 20;

  private static final int SIGNATURE = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int SIZE_AT = 12;
  private static final int LONGEST_COMMENT = 65_535;

  private ZipDirectory() {}

  /**
   * Checks the size that the archive's last record states.
   *
   * @throws IOException if it is too large
   */
  static void requireSmall(Path zip) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(zip.toFile(), "r")) {
      int length = (int) Math.min(file.length(), END_BYTES + LONGEST_COMMENT);
      byte[] tail = new byte[length];
      file.seek(file.length() - length);
      file.readFully(tail);
      ByteBuffer bytes = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
      for (int at = length - END_BYTES; at >= 0; at--) {
        if (bytes.getInt(at) == SIGNATURE) {
          long size = Integer.toUnsignedLong(bytes.getInt(at + SIZE_AT));
          if (size > MAX_BYTES) {
            throw new IOException(
                "its directory has %d bytes; at most %d are read".formatted(size, MAX_BYTES));
          }
          return; // what is no zip is the reader's to refuse
        }
      }
    }
  }
}
