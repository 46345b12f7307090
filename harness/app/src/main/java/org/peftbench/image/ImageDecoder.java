package org.peftbench.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.peftbench.WrongInputException;
import org.peftbench.file.WholeFile;

/**
 * Reads JPEG, PNG, WebP and PNM files as Pillow's {@code convert("RGB")} does: the stored values,
 * without colour management, alpha dropped, orientation tags not applied.
 *
 * <p>A file that is too large, broken or cut off is refused with a {@link WrongInputException} that
 * names it; nothing is filled with gray. Safe for use by many threads.
 */
public final class ImageDecoder {

  private static final int MAX_FILE_BYTES = 256 << 20;
  private static final long MAX_PIXELS = 100_000_000;
  private static final int MAX_SIDE = 65_535;

  static {
    ImageIO.setUseCache(false); // files are in memory already
  }

  private ImageDecoder() {}

  /**
   * Decodes a file.
   *
   * @throws WrongInputException if it cannot be read whole
   */
  public static RgbImage decode(Path file) {
    try {
      byte[] bytes =
          WholeFile.read(file, MAX_FILE_BYTES)
              .orElseThrow(() -> new IOException("larger than " + (MAX_FILE_BYTES >> 20) + " MiB"));
      ImageFormat format = format(bytes);
      try {
        return decode(bytes, format);
      } catch (IOException | RuntimeException e) {
        // Readers let their parsers' unchecked exceptions through on broken files.
        throw new IOException("broken " + format + " image: " + reason(e), e);
      }
    } catch (IOException e) {
      throw wrong(file, e);
    }
  }

  /**
   * Looks at both ends of a file: known format, nothing cut off. Decodes it only when its end tells
   * nothing.
   *
   * @throws WrongInputException if the file is not a whole image
   */
  public static void check(Path file) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      InputStream in = Channels.newInputStream(channel);
      long size = channel.size();
      byte[] head = in.readNBytes(ImageFormat.HEAD_BYTES);
      ImageFormat format = format(head);
      channel.position(Math.max(0, size - ImageFormat.TAIL_BYTES));
      byte[] tail = in.readNBytes(ImageFormat.TAIL_BYTES);
      if (format.endsWell(head, tail, size)) {
        return;
      }
    } catch (IOException e) {
      throw wrong(file, e);
    }
    decode(file);
  }

  private static ImageFormat format(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("the file is empty");
    }
    byte[] head = Arrays.copyOf(bytes, Math.min(bytes.length, ImageFormat.HEAD_BYTES));
    return ImageFormat.of(head)
        .orElseThrow(() -> new IOException("not a JPEG, PNG, WebP or PNM image"));
  }

  private static RgbImage decode(byte[] bytes, ImageFormat format) throws IOException {
    if (format == ImageFormat.PNG) {
      PngChunks.check(bytes);
    } else if (format == ImageFormat.WEBP) {
      WebpChunks.checkAndHideProfile(bytes);
    }
    ImageReader reader = reader(format);
    try (ImageInputStream in = new BytesInput(bytes)) {
      ReadWarnings warnings = new ReadWarnings();
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(in, true, true);
      requireSaneSize(reader.getWidth(0), reader.getHeight(0));
      RgbImage image =
          format == ImageFormat.JPEG
              ? Rasters.toRgb(reader.readRaster(0, null), JpegHeader.colors(bytes))
              : Rasters.toRgb(reader.read(0));
      warnings.throwIfBroken();
      return image;
    } finally {
      reader.dispose();
    }
  }

  static ImageReader reader(ImageFormat format) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.toString());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (format != ImageFormat.JPEG || reader.canReadRaster()) {
        return reader;
      }
    }
    throw new IOException("no reader for " + format + " on the class path");
  }

  private static void requireSaneSize(int width, int height) throws IOException {
    if (width > MAX_SIDE || height > MAX_SIDE || (long) width * height > MAX_PIXELS) {
      throw new IOException(
          width + " x " + height + " pixels, more than " + MAX_PIXELS / 1_000_000 + " megapixels");
    }
  }

  private static WrongInputException wrong(Path file, IOException e) {
    return new WrongInputException("image '" + file + "': " + reason(e), e);
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof EOFException) {
      return "cut off";
    }
    String message = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
    // What unchecked exceptions say, such as "-1", is for the reader's author.
    if (message == null || message.isBlank() || e instanceof RuntimeException) {
      return e.getClass().getSimpleName();
    }
    return message.lines().findFirst().orElse("");
  }
}
