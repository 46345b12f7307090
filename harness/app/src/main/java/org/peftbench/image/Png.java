package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** PNG by the JDK's reader, which is Java, and our own look at its checksums. */
final class Png implements FileFormat {

  private static final String START = "\u0089PNG\r\n\u001a\n";
  private static final String END = "IEND\u00aeB`\u0082";
  private static final int HEADER_BYTES = 33; // up to the end of IHDR
  private static final int PLAIN_GRAY = 0;

  @Override
  public boolean begins(byte[] head) {
    return latin1(head).startsWith(START);
  }

  @Override
  public ImageProbe probe(ByteSource file) throws IOException {
    byte[] head = file.head(HEADER_BYTES);
    if (!latin1(head).startsWith("IHDR", 12)) {
      throw new IOException("its first chunk is not IHDR");
    }
    ByteBuffer header = ByteBuffer.wrap(head);
    return new ImageProbe(header.getInt(16), header.getInt(20));
  }

  @Override
  public int mostPixelsPerByte() {
    return 8 * 1032; // eight in a byte, which deflate makes 1032 times smaller at best
  }

  @Override
  public boolean endsWell(ByteSource file) throws IOException {
    return file.endsWith(END);
  }

  @Override
  public RgbImage decode(byte[] file) throws IOException {
    PngChunks.check(file);
    return Rasters.toRgb(ImageReaders.first(file, "PNG"), file[25] == PLAIN_GRAY);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
