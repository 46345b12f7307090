package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes of a file at any place, be they in memory or not. */
interface ByteSource {

  /** The longest trailer, with what it follows. */
  int TAIL_BYTES = 1024;

  /** How many there are. */
  long length();

  /** The bytes from a place on; fewer than asked for where the file ends, none beyond its end. */
  byte[] read(long at, int most) throws IOException;

  /**
   * The first bytes, which are there in any file that is whole.
   *
   * @throws IOException if they are not
   */
  default byte[] head(int bytes) throws IOException {
    byte[] head = read(0, bytes);
    if (head.length < bytes) {
      throw new IOException("cut off in its header");
    }
    return head;
  }

  /** Whether some bytes, one to a character, are near the end, which a trailer may follow. */
  default boolean endsWith(String bytes) throws IOException {
    byte[] tail = read(Math.max(0, length() - TAIL_BYTES), TAIL_BYTES);
    return new String(tail, StandardCharsets.ISO_8859_1).contains(bytes);
  }

  /** A file that is in memory. */
  static ByteSource of(byte[] file) {
    return new ByteSource() {
      @Override
      public long length() {
        return file.length;
      }

      @Override
      public byte[] read(long at, int most) {
        int from = (int) Math.min(at, file.length);
        return Arrays.copyOfRange(file, from, from + Math.min(most, file.length - from));
      }
    };
  }

  /** A file that is not. */
  static ByteSource of(SeekableByteChannel channel) throws IOException {
    long length = channel.size();
    return new ByteSource() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public byte[] read(long at, int most) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, Math.min(most, length - at)));
        channel.position(at);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
          // until all is here, or the file has become shorter
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
      }
    };
  }
}
