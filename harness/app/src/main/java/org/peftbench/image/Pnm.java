package org.peftbench.image;

import java.io.IOException;

/** PBM, PGM and PPM, as text or as bytes, scaled and rounded as Pillow does. */
final class Pnm implements FileFormat {

  private static final int HEADER_BYTES = 1 << 16; // with its comments

  /**
   * What a file begins with.
   *
   * @param kind 1 to 6, as in its first two bytes
   * @param max the largest value a sample may have
   * @param dataAt where the samples begin
   */
  private record Header(int kind, ImageProbe size, int max, int dataAt) {

    static Header of(byte[] file) throws IOException {
      int kind = file[1] - '0';
      PnmText text = new PnmText(file, 2);
      ImageProbe size = new ImageProbe(text.number(), text.number());
      int max = kind == 1 || kind == 4 ? 1 : text.number();
      if (max < 1 || max > 65_535) {
        throw new IOException("values up to " + max + ", expected 1 to 65535");
      }
      return new Header(kind, size, max, text.position());
    }

    boolean isText() {
      return kind <= 3;
    }

    boolean isBits() {
      return kind == 4;
    }

    int bands() {
      return kind % 3 == 0 ? 3 : 1;
    }

    long samples() {
      return bands() * size.pixels();
    }

    /** How many bytes the samples have, if they are not text. */
    long bytes() {
      return isBits() ? (size.width() + 7L) / 8 * size.height() : samples() * (max > 255 ? 2 : 1);
    }

    /** The eight bits that stand for a sample. */
    byte level(int sample) {
      if (isBits() || kind == 1) {
        return (byte) (sample == 0 ? 255 : 0);
      }
      // Wide gray becomes 16 bits, of which Pillow clips all but the lowest eight levels' worth.
      int range = bands() == 1 && max > 255 ? 65_535 : 255;
      return (byte) Math.min(255, (int) Math.rint((double) sample / max * range));
    }
  }

  @Override
  public boolean begins(byte[] head) {
    return head.length > 2
        && head[0] == 'P'
        && head[1] >= '1'
        && head[1] <= '6'
        && PnmText.isSpace(head[2]);
  }

  @Override
  public ImageProbe probe(ByteSource file) throws IOException {
    return Header.of(file.read(0, HEADER_BYTES)).size();
  }

  @Override
  public int mostPixelsPerByte() {
    return 8;
  }

  @Override
  public boolean endsWell(ByteSource file) throws IOException {
    Header header = Header.of(file.read(0, HEADER_BYTES));
    return !header.isText() && file.length() >= header.dataAt() + header.bytes();
  }

  @Override
  public RgbImage decode(byte[] file) throws IOException {
    Header header = Header.of(file);
    if (!header.isText() && file.length < header.dataAt() + header.bytes()) {
      throw new IOException("cut off");
    }
    int width = header.size().width();
    int height = header.size().height();
    byte[] rgb = new byte[3 * width * height];
    Samples samples = samples(file, header);
    for (int i = 0, to = 0; i < width * height; i++, to += 3) {
      rgb[to] = header.level(samples.next());
      rgb[to + 1] = header.bands() == 3 ? header.level(samples.next()) : rgb[to];
      rgb[to + 2] = header.bands() == 3 ? header.level(samples.next()) : rgb[to];
    }
    return new RgbImage(width, height, rgb);
  }

  /** One after the other, row by row. */
  private interface Samples {
    int next() throws IOException;
  }

  private static Samples samples(byte[] file, Header header) {
    int start = header.dataAt();
    if (header.isText()) {
      PnmText text = new PnmText(file, start);
      return header.kind() == 1 ? text::digit : () -> atMost(header.max(), text.number());
    }
    if (header.isBits()) {
      return new Bits(file, start, header.size().width());
    }
    int[] at = {start};
    return header.max() > 255
        ? () -> ((file[at[0]++] & 255) << 8) | (file[at[0]++] & 255)
        : () -> file[at[0]++] & 255;
  }

  private static int atMost(int max, int sample) throws IOException {
    if (sample > max) {
      throw new IOException("a value of " + sample + " where " + max + " is the largest");
    }
    return sample;
  }

  /** Eight to a byte; a row begins with a byte of its own. */
  private static final class Bits implements Samples {
    private final byte[] file;
    private final int width;
    private int at;
    private int x;

    Bits(byte[] file, int at, int width) {
      this.file = file;
      this.at = at;
      this.width = width;
    }

    @Override
    public int next() {
      int bit = (file[at] >> (7 - x % 8)) & 1;
      x++;
      if (x == width) {
        x = 0;
        at++;
      } else if (x % 8 == 0) {
        at++;
      }
      return bit;
    }
  }
}
