package org.peftbench.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A file's bytes for a reader, which may ask beyond their end only so often.
 *
 * <p>The WebP reader takes the end for zeros and goes on, for minutes when a damaged header
 * promises a large image.
 */
final class BytesInput extends MemoryCacheImageInputStream {

  // Reading ahead near the end of a whole file takes a few dozen.
  private static final int READS_BEYOND_END = 1000;

  private int readsBeyondEnd;

  BytesInput(byte[] bytes) {
    super(new ByteArrayInputStream(bytes));
  }

  @Override
  public int read() throws IOException {
    return counted(super.read());
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return counted(super.read(target, offset, length));
  }

  private int counted(int result) throws IOException {
    if (result < 0 && ++readsBeyondEnd > READS_BEYOND_END) {
      throw new IOException("cut off");
    }
    return result;
  }
}
