package org.peftbench.task;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;
import org.peftbench.image.ImageDecoder;

/** One list of a task's folder, read and checked. */
final class ImageList {

  private final ListName name;
  private final Path file;
  private final byte[] bytes;
  private final List<LabelledImage> images;
  private final int[] lineNumbers;

  ImageList(ListName name, Path file, byte[] bytes, List<LabelledImage> images, int[] lineNumbers) {
    this.name = name;
    this.file = file;
    this.bytes = bytes;
    this.images = List.copyOf(images);
    this.lineNumbers = lineNumbers;
  }

  List<LabelledImage> images() {
    return images;
  }

  /** Looks at both ends of every image file, on all processors. */
  void check() {
    List<String> broken =
        IntStream.range(0, images.size())
            .parallel()
            .mapToObj(this::problem)
            .flatMap(Optional::stream)
            .toList();
    if (!broken.isEmpty()) {
      String others = broken.size() == 1 ? "" : " (and " + (broken.size() - 1) + " more like it)";
      throw new WrongInputException("'" + file + "' " + broken.get(0) + others);
    }
  }

  private Optional<String> problem(int index) {
    try {
      ImageDecoder.check(images.get(index).file());
      return Optional.empty();
    } catch (WrongInputException e) {
      return Optional.of("line " + lineNumbers[index] + ": " + e.getMessage());
    }
  }

  /** Adds the list's name, its bytes, and the size of every image file. */
  void digestInto(MessageDigest digest) {
    digest.update(name.fileName().getBytes(StandardCharsets.US_ASCII));
    digest.update(longBytes(bytes.length));
    digest.update(bytes);
    for (LabelledImage image : images) {
      try {
        digest.update(longBytes(Files.size(image.file())));
      } catch (IOException e) {
        throw new WrongInputException("cannot read the size of '" + image.file() + "'", e);
      }
    }
  }

  private static byte[] longBytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }
}
