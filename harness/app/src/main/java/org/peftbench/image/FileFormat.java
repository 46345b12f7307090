package org.peftbench.image;

import java.io.IOException;
import java.util.Optional;

/** What must be known of a file format to read its images. */
interface FileFormat {

  /** Whether a file that begins so is of this format. */
  boolean begins(byte[] head);

  /**
   * How large the image is by its header.
   *
   * @throws IOException if the header is broken or tells of what is not read
   */
  ImageProbe probe(ByteSource file) throws IOException;

  /** How many pixels a byte of such a file can stand for at most. */
  int mostPixelsPerByte();

  /** Whether the file's end shows that nothing is missing; false leaves it open. */
  boolean endsWell(ByteSource file) throws IOException;

  /**
   * Decodes the first image.
   *
   * @throws IOException if it is not whole
   */
  RgbImage decode(byte[] file) throws IOException;

  /**
   * Throws what {@link #decode} would, by Java alone: for a program that is not to run native code
   * on strangers' files.
   */
  default void verify(byte[] file) throws IOException {
    decode(file);
  }

  /** Name and version of the library that the pixels depend on; empty if it is Java's. */
  default Optional<String> library() {
    return Optional.empty();
  }
}
