package org.peftbench.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** The numbers in a TIFF file's first directory, by their tags. */
final class TiffTags {

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int ENTRY_BYTES = 12;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final ByteSource file;
  private final ByteBuffer entries;

  private TiffTags(ByteSource file, ByteBuffer entries) {
    this.file = file;
    this.entries = entries;
  }

  static boolean begins(byte[] head) {
    if (head.length < 4 || head[0] != head[1] || (head[0] != 'I' && head[0] != 'M')) {
      return false;
    }
    return ordered(head, head).getShort(2) == 42;
  }

  static TiffTags of(ByteSource file) throws IOException {
    byte[] head = file.head(8);
    long at = Integer.toUnsignedLong(ordered(head, head).getInt(4));
    byte[] count = file.read(at, 2);
    int bytes = count.length < 2 ? 0 : ENTRY_BYTES * (ordered(count, head).getShort(0) & 0xffff);
    byte[] entries = file.read(at + 2, bytes);
    if (entries.length < bytes || bytes == 0) {
      throw new IOException("cut off in its directory");
    }
    return new TiffTags(file, ordered(entries, head));
  }

  /** A tag's number, of several the first, if it has one. */
  int value(int tag, int otherwise) {
    OptionalInt entry = entry(tag);
    if (entry.isEmpty()) {
      return otherwise;
    }
    int at = entry.getAsInt();
    return switch (entries.getShort(at + 2)) {
      case SHORT -> count(at) > 2 ? otherwise : entries.getShort(at + 8) & 0xffff;
      case LONG -> count(at) > 1 ? otherwise : entries.getInt(at + 8);
      default -> otherwise;
    };
  }

  /**
   * A tag's 16-bit numbers, which are stored elsewhere in the file.
   *
   * @throws IOException if there are none, or more than that
   */
  int[] shorts(int tag, int most) throws IOException {
    int at = entry(tag).orElseThrow(() -> new IOException("no tag " + tag));
    long count = count(at);
    if (entries.getShort(at + 2) != SHORT || count < 3 || count > most) {
      throw new IOException(count + " values of tag " + tag + ", expected 3 to " + most);
    }
    int bytes = (int) count * Short.BYTES;
    byte[] values = file.read(Integer.toUnsignedLong(entries.getInt(at + 8)), bytes);
    if (values.length < bytes) {
      throw new IOException("cut off in tag " + tag);
    }
    ByteBuffer buffer = ByteBuffer.wrap(values).order(entries.order());
    return IntStream.range(0, (int) count).map(i -> buffer.getShort(2 * i) & 0xffff).toArray();
  }

  private OptionalInt entry(int tag) {
    return IntStream.iterate(0, at -> at < entries.limit(), at -> at + ENTRY_BYTES)
        .filter(at -> (entries.getShort(at) & 0xffff) == tag)
        .findFirst();
  }

  private long count(int entry) {
    return Integer.toUnsignedLong(entries.getInt(entry + 4));
  }

  ImageProbe size() {
    return new ImageProbe(value(WIDTH, 0), value(HEIGHT, 0));
  }

  private static ByteBuffer ordered(byte[] bytes, byte[] head) {
    return ByteBuffer.wrap(bytes)
        .order(head[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }
}
