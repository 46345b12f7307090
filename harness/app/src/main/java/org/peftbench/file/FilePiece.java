package org.peftbench.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Pieces of files: read whole, by position, and told from what was not written. */
public final class FilePiece {

  private FilePiece() {}

  /**
   * Fills a buffer from a position on; several threads may do so.
   *
   * @param cutOff says so where the file ends before
   * @throws EOFException if it does
   */
  public static void fill(FileChannel file, ByteBuffer target, long at, String cutOff)
      throws IOException {
    long position = at;
    while (target.hasRemaining()) {
      int read = file.read(target, position);
      if (read < 0) {
        throw new EOFException(cutOff);
      }
      position += read;
    }
  }

  /** The CRC-32C of what is left of a buffer, which is then used up. */
  public static int sum(ByteBuffer piece) {
    CRC32C sum = new CRC32C();
    sum.update(piece);
    return (int) sum.getValue();
  }
}
