package org.peftbench.image;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The file formats that are read, told apart by their first bytes and never by the file's name. */
enum ImageFormat {
  JPEG("JPEG", new Jpeg()),
  PNG("PNG", new Png()),
  WEBP("WebP", new Webp()),
  GIF("GIF", new Gif()),
  BMP("BMP", new Bmp()),
  TIFF("TIFF", new Tiff()),
  PNM("PNM", new Pnm());

  /** First bytes that are enough to know the format. */
  static final int HEAD_BYTES = 16;

  private final String title;

  @SuppressWarnings("ImmutableEnumChecker") // formats have no state
  private final FileFormat format;

  ImageFormat(String title, FileFormat format) {
    this.title = title;
    this.format = format;
  }

  /** The format of a file that starts so, if it is one of these. */
  static Optional<ImageFormat> of(byte[] head) {
    return Arrays.stream(values()).filter(each -> each.format.begins(head)).findFirst();
  }

  /** What they are called, with commas between. */
  static String titles() {
    return Arrays.stream(values()).map(ImageFormat::toString).collect(Collectors.joining(", "));
  }

  /** How its files are read. */
  FileFormat format() {
    return format;
  }

  @Override
  public String toString() {
    return title;
  }
}
