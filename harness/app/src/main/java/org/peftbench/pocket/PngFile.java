package org.peftbench.pocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Writes an image as PNG without compressing it: what a deflater makes of an image differs between
 * builds of zlib, and exported files must not.
 */
final class PngFile {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final byte BITS = 8;
  private static final byte TRUE_COLOUR = 2;
  private static final short ZLIB_HEADER = 0x7801;
  private static final byte LAST_STORED_BLOCK = 1;

  private static final int SIDE = PocketImage.SIZE;
  private static final int ROW = 3 * SIDE;

  private PngFile() {}

  /** The bytes of a file that shows the image. */
  static byte[] of(PocketImage image) {
    byte[] header =
        ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put(BITS).put(TRUE_COLOUR).array();
    byte[] data = stored(rows(image.pixels()));
    ByteBuffer file = ByteBuffer.allocate(SIGNATURE.length + 3 * 12 + header.length + data.length);
    file.put(SIGNATURE);
    chunk(file, "IHDR", header);
    chunk(file, "IDAT", data);
    chunk(file, "IEND", new byte[0]);
    return file.array();
  }

  /** Each row after a byte that says that it is not filtered. */
  private static byte[] rows(byte[] pixels) {
    byte[] rows = new byte[SIDE * (1 + ROW)];
    for (int row = 0; row < SIDE; row++) {
      System.arraycopy(pixels, row * ROW, rows, row * (1 + ROW) + 1, ROW);
    }
    return rows;
  }

  /** A zlib stream of one block, which may hold 65,535 bytes. */
  private static byte[] stored(byte[] bytes) {
    Adler32 checksum = new Adler32();
    checksum.update(bytes);
    int length = bytes.length;
    return ByteBuffer.allocate(11 + length)
        .putShort(ZLIB_HEADER)
        .put(LAST_STORED_BLOCK)
        .putShort(Short.reverseBytes((short) length))
        .putShort(Short.reverseBytes((short) ~length))
        .put(bytes)
        .putInt((int) checksum.getValue())
        .array();
  }

  private static void chunk(ByteBuffer file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 checksum = new CRC32();
    checksum.update(name);
    checksum.update(data);
    file.putInt(data.length).put(name).put(data).putInt((int) checksum.getValue());
  }
}
