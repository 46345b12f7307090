package org.peftbench.image;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the header of an image says, which is not decoded: for images that strangers send.
 *
 * @param width in pixels, as it is told
 * @param height in pixels, as it is told
 */
public record ImageProbe(int width, int height) {

  private static final long MAX_PIXELS = 100_000_000;
  private static final int MAX_SIDE = 65_535;

  /**
   * Looks at a file.
   *
   * @return empty if it is of no format that is read
   * @throws IOException if it is, and broken; the message says so in one line
   */
  public static Optional<ImageProbe> of(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteSource bytes = ByteSource.of(channel);
      Optional<ImageFormat> format = ImageFormat.of(bytes.read(0, ImageFormat.HEAD_BYTES));
      if (format.isEmpty()) {
        return Optional.empty();
      }
      try {
        return Optional.of(format.get().format().probe(bytes));
      } catch (IOException e) {
        throw new IOException("a broken " + format.get() + " image: " + e.getMessage(), e);
      }
    }
  }

  /** How many pixels it has. */
  public long pixels() {
    return (long) width * height;
  }

  /**
   * Refuses what is larger than any image that is read, or than a file can hold, before memory is
   * taken for it.
   */
  void requireSane(long fileBytes, int mostPixelsPerByte) throws IOException {
    if (width < 1 || height < 1) {
      throw new IOException(this + ", expected at least 1 x 1");
    }
    if (width > MAX_SIDE || height > MAX_SIDE || pixels() > MAX_PIXELS) {
      throw new IOException(this + ", more than " + MAX_PIXELS / 1_000_000 + " megapixels");
    }
    if (pixels() > fileBytes * mostPixelsPerByte) {
      throw new IOException(this + ", more than " + fileBytes + " bytes can hold");
    }
  }

  /** {@code 30 x 20 pixels}. */
  @Override
  public String toString() {
    return Integer.toUnsignedString(width) + " x " + Integer.toUnsignedString(height) + " pixels";
  }
}
