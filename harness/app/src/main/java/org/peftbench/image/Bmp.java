package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** BMP with a palette, 16, 24 or 32 bits a pixel. */
final class Bmp implements FileFormat {

  private static final int HEADER_BYTES = 34;
  private static final int OLDEST_HEADER_BYTES = 12;

  // Uncompressed, the two run-length codes, and colours told by masks.
  private static final Set<Integer> READ = Set.of(0, 1, 2, 3);

  @Override
  public boolean begins(byte[] head) {
    return head.length >= 2 && head[0] == 'B' && head[1] == 'M';
  }

  @Override
  public ImageProbe probe(ByteSource file) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(file.head(HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(14) == OLDEST_HEADER_BYTES) {
      return new ImageProbe(header.getShort(18) & 0xffff, header.getShort(20) & 0xffff);
    }
    if (!READ.contains(header.getInt(30))) {
      throw new IOException("compression " + header.getInt(30) + " is not read");
    }
    return new ImageProbe(header.getInt(18), Math.abs(header.getInt(22))); // below 0: from the top
  }

  @Override
  public int mostPixelsPerByte() {
    return 256; // a run takes two bytes
  }

  @Override
  public boolean endsWell(ByteSource file) {
    return false;
  }

  @Override
  public RgbImage decode(byte[] file) throws IOException {
    return Rasters.toRgb(ImageReaders.first(file, "BMP"), false);
  }
}
