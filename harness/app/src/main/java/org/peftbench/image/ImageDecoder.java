package org.peftbench.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.peftbench.WrongInputException;
import org.peftbench.file.WholeFile;

/**
 * Reads JPEG, PNG, WebP, GIF, BMP, TIFF and PNM files as Pillow's {@code convert("RGB")} does: the
 * stored values, without colour management, alpha dropped, orientation tags not applied, of several
 * images the first.
 *
 * <p>A file that is too large, broken or cut off is refused with a {@link WrongInputException} that
 * names it; nothing is filled with gray. Safe for use by many threads.
 */
public final class ImageDecoder {

  private static final int MAX_FILE_BYTES = 256 << 20;

  // Of all threads together, so that a list of large images takes no more memory than one does.
  private static final int MEGAPIXELS_AT_A_TIME = 101;
  private static final Semaphore MEGAPIXELS = new Semaphore(MEGAPIXELS_AT_A_TIME);

  private ImageDecoder() {}

  /** What is done with a file that is in memory. */
  private interface Use<T> {
    T of(FileFormat format, byte[] file) throws IOException;
  }

  /**
   * Decodes a file.
   *
   * @throws WrongInputException if it cannot be read whole
   */
  public static RgbImage decode(Path file) {
    return use(file, FileFormat::decode);
  }

  /**
   * Looks at both ends of a file: known format, a size that can be, nothing cut off. Decodes it
   * only when its end tells nothing, and then by Java alone.
   *
   * @return name and version of the library that its pixels depend on; empty if it is Java's
   * @throws WrongInputException if the file is not a whole image
   */
  public static Optional<String> check(Path file) {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteSource bytes = ByteSource.of(channel);
      ImageFormat format = format(bytes);
      try {
        requireSane(format.format(), bytes);
        if (format.format().endsWell(bytes)) {
          return format.format().library();
        }
      } catch (IOException | RuntimeException e) {
        throw broken(format, e);
      }
    } catch (IOException e) {
      throw wrong(file, e);
    }
    return use(
        file,
        (format, bytes) -> {
          format.verify(bytes);
          return format.library();
        });
  }

  private static <T> T use(Path file, Use<T> use) {
    try {
      byte[] bytes =
          WholeFile.read(file, MAX_FILE_BYTES)
              .orElseThrow(() -> new IOException("larger than " + (MAX_FILE_BYTES >> 20) + " MiB"));
      ByteSource source = ByteSource.of(bytes);
      ImageFormat format = format(source);
      try {
        return use(format.format(), bytes, requireSane(format.format(), source), use);
      } catch (IOException | RuntimeException e) {
        // Readers let their parsers' unchecked exceptions through on broken files.
        throw broken(format, e);
      }
    } catch (IOException e) {
      throw wrong(file, e);
    }
  }

  private static <T> T use(FileFormat format, byte[] file, ImageProbe size, Use<T> use)
      throws IOException {
    int megapixels = 1 + (int) (size.pixels() / 1_000_000);
    MEGAPIXELS.acquireUninterruptibly(megapixels);
    try {
      return use.of(format, file);
    } catch (OutOfMemoryError e) {
      throw new IOException("memory ran out while decoding " + size, e);
    } finally {
      MEGAPIXELS.release(megapixels);
    }
  }

  private static ImageProbe requireSane(FileFormat format, ByteSource file) throws IOException {
    ImageProbe size = format.probe(file);
    size.requireSane(file.length(), format.mostPixelsPerByte());
    return size;
  }

  private static ImageFormat format(ByteSource file) throws IOException {
    byte[] head = file.read(0, ImageFormat.HEAD_BYTES);
    if (head.length == 0) {
      throw new IOException("the file is empty");
    }
    return ImageFormat.of(head)
        .orElseThrow(() -> new IOException("not an image: none of " + ImageFormat.titles()));
  }

  private static IOException broken(ImageFormat format, Exception e) {
    return new IOException("broken " + format + " image: " + reason(e), e);
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
