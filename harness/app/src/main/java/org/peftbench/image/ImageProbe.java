package org.peftbench.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * What the first bytes of an image say, which is not decoded: for images that strangers send.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record ImageProbe(int width, int height) {

  /**
   * Looks at a file.
   *
   * @return empty if it is neither JPEG nor PNG nor WebP
   * @throws IOException if it is, and broken; the message says so in one line
   */
  public static Optional<ImageProbe> of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(ImageFormat.HEAD_BYTES);
    }
    Optional<ImageFormat> format = ImageFormat.of(head);
    if (format.isEmpty() || format.get() == ImageFormat.PNM) {
      return Optional.empty();
    }
    ImageReader reader = ImageDecoder.reader(format.get());
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      reader.setInput(in, true, true);
      return Optional.of(new ImageProbe(reader.getWidth(0), reader.getHeight(0)));
    } catch (EOFException e) {
      throw new IOException("a " + format.get() + " image that is cut off", e);
    } catch (IOException | RuntimeException e) {
      // Readers let their parsers' unchecked exceptions through on broken files.
      throw new IOException("a broken " + format.get() + " image", e);
    } finally {
      reader.dispose();
    }
  }

  /** How many pixels it has. */
  public long pixels() {
    return (long) width * height;
  }
}
