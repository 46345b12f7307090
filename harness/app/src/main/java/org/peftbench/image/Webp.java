package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** WebP by libwebp, as Pillow has it; a single image, not an animation. */
final class Webp implements FileFormat {

  private static final int RIFF_HEADER_BYTES = 12;
  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int SIZE_BYTES = 10; // of a chunk, hold the size of its image
  private static final int ANIMATION = 2;

  @Override
  public boolean begins(byte[] head) {
    return head.length >= RIFF_HEADER_BYTES
        && name(head, 0).equals("RIFF")
        && name(head, 8).equals("WEBP");
  }

  @Override
  public ImageProbe probe(ByteSource file) throws IOException {
    int needed = RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES + SIZE_BYTES;
    byte[] head = file.head(needed);
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int at = RIFF_HEADER_BYTES + CHUNK_HEADER_BYTES;
    String chunk = name(head, RIFF_HEADER_BYTES);
    return switch (chunk) {
      case "VP8 " ->
          new ImageProbe(bytes.getShort(at + 6) & 0x3fff, bytes.getShort(at + 8) & 0x3fff);
      case "VP8L" -> {
        int bits = bytes.getInt(at + 1);
        yield new ImageProbe((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
      }
      case "VP8X" -> {
        if ((head[at] & ANIMATION) != 0) {
          throw new IOException("an animation, expected a single image");
        }
        yield new ImageProbe(
            (bytes.getInt(at + 4) & 0xffffff) + 1, (bytes.getInt(at + 6) >>> 8) + 1);
      }
      default -> throw new IOException("its first chunk is none that holds an image");
    };
  }

  @Override
  public int mostPixelsPerByte() {
    return Integer.MAX_VALUE; // an even area takes no bits at all
  }

  @Override
  public boolean endsWell(ByteSource file) throws IOException {
    return file.length() >= riffBytes(file.read(0, RIFF_HEADER_BYTES));
  }

  @Override
  public RgbImage decode(byte[] file) throws IOException {
    requireWholeChunks(file);
    return Codecs.webp(file, probe(ByteSource.of(file)))
        .orElseThrow(() -> new IOException("damaged"));
  }

  @Override
  public void verify(byte[] file) throws IOException {
    requireWholeChunks(file);
  }

  @Override
  public Optional<String> library() {
    return Optional.of(Codecs.WEBP_LIBRARY);
  }

  private static void requireWholeChunks(byte[] file) throws IOException {
    long end = riffBytes(file);
    if (file.length < end) {
      throw new IOException("cut off at " + file.length + " of " + end + " bytes");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    long at = RIFF_HEADER_BYTES;
    while (at + CHUNK_HEADER_BYTES <= end) {
      long length = Integer.toUnsignedLong(buffer.getInt((int) at + 4));
      if (length > end - at - CHUNK_HEADER_BYTES) {
        throw new IOException("cut off in the chunk at byte " + at);
      }
      at += CHUNK_HEADER_BYTES + length + length % 2;
    }
  }

  /** The size in bytes that the file has by its own header. */
  private static long riffBytes(byte[] head) {
    int payload = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    return Integer.toUnsignedLong(payload) + 8;
  }

  private static String name(byte[] file, int at) {
    return new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }
}
