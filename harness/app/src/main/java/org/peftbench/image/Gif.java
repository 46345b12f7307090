package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** GIF's first image, on its canvas. */
final class Gif implements FileFormat {

  private static final int SCREEN_BYTES = 13;
  private static final byte TRAILER = ';';

  @Override
  public boolean begins(byte[] head) {
    String start = new String(head, StandardCharsets.ISO_8859_1);
    return start.startsWith("GIF87a") || start.startsWith("GIF89a");
  }

  @Override
  public ImageProbe probe(ByteSource file) throws IOException {
    ByteBuffer sizes = ByteBuffer.wrap(file.head(SCREEN_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    return new ImageProbe(sizes.getShort(6) & 0xffff, sizes.getShort(8) & 0xffff);
  }

  @Override
  public int mostPixelsPerByte() {
    return 4096; // entries of its dictionary, whose longest word is not longer
  }

  @Override
  public boolean endsWell(ByteSource file) throws IOException {
    byte[] last = file.read(file.length() - 1, 1);
    return last.length == 1 && last[0] == TRAILER;
  }

  @Override
  public RgbImage decode(byte[] file) throws IOException {
    return Rasters.toRgb(ImageReaders.first(file, "GIF"), false);
  }
}
