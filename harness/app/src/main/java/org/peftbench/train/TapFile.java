package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.file.FilePiece;

/**
 * One tap of all images, image after image; beside it, in {@code NAME.sums}, the CRC-32C of each.
 *
 * <p>An image is checked when it is read for the first time: of a hundred epochs, that costs one or
 * two in a hundred of all reading. To check it each time would take longer than to read it from the
 * page cache, and what a disk has lost is lost by then.
 */
final class TapFile implements AutoCloseable {

  private final Path path;
  private final FileChannel channel;
  private final FileChannel sums;
  private final Shape shape;
  private final DataType type;
  private final int imageBytes;
  private int[] expected = {};
  private boolean[] checked = {};

  TapFile(Path path, Shape shape, DataType type, OpenOption... options) throws IOException {
    this.path = path;
    this.shape = shape;
    this.type = type;
    this.imageBytes = Math.toIntExact(shape.size() * type.getNumOfBytes());
    this.channel = FileChannel.open(path, options);
    try {
      this.sums = FileChannel.open(path.resolveSibling(path.getFileName() + ".sums"), options);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  int imageBytes() {
    return imageBytes;
  }

  /**
   * Looks whether it can have so many images, which are then read.
   *
   * @throws WrongInputException if not
   */
  void requireImages(int images) {
    requireBytes("it has ", channel, (long) images * imageBytes);
    requireBytes("its sums have ", sums, (long) images * Integer.BYTES);
    ByteBuffer all = ByteBuffer.allocate(images * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    fill(sums, all.duplicate(), 0);
    expected = new int[images];
    all.asIntBuffer().get(expected);
    checked = new boolean[images];
  }

  private void requireBytes(String what, FileChannel file, long bytes) {
    try {
      if (file.size() != bytes) {
        String found = file.size() + " bytes, expected " + bytes;
        throw damaged(path.toString(), what + found, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cached features cannot be read", e);
    }
  }

  static WrongInputException damaged(String file, String what, @Nullable IOException e) {
    return new WrongInputException(
        "cached features are damaged: " + file + ": " + what + "; delete their folder", e);
  }

  /** Writes consecutive images, from the one with index {@code first} on. */
  void write(int first, NDArray tap) {
    try (NDArray stored = tap.toType(type, true)) {
      ByteBuffer bytes = stored.toByteBuffer(true);
      int images = bytes.remaining() / imageBytes;
      ByteBuffer sum = ByteBuffer.allocate(images * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < images; i++) {
        sum.putInt(FilePiece.sum(bytes.slice(bytes.position() + i * imageBytes, imageBytes)));
      }
      write(channel, bytes, (long) first * imageBytes);
      write(sums, sum.flip(), (long) first * Integer.BYTES);
    } catch (IOException e) {
      throw new UncheckedIOException("cached features cannot be written", e);
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      position += file.write(bytes, position);
    }
  }

  /**
   * Reads images into a buffer.
   *
   * @throws WrongInputException if one is not what was written
   */
  NDArray read(NDManager host, int[] images, ByteBuffer buffer) {
    for (int i = 0; i < images.length; i++) {
      ByteBuffer target = buffer.slice(i * imageBytes, imageBytes);
      fill(channel, target.duplicate(), (long) images[i] * imageBytes);
      check(images[i], target);
    }
    return host.create(buffer, new Shape(images.length).addAll(shape), type);
  }

  /** Threads that read the same may both check it. */
  private void check(int image, ByteBuffer read) {
    if (checked[image]) {
      return;
    }
    if (FilePiece.sum(read) != expected[image]) {
      throw damaged(path.toString(), "image " + image + " is not what was written", null);
    }
    checked[image] = true;
  }

  private static void fill(FileChannel file, ByteBuffer target, long at) {
    try {
      FilePiece.fill(file, target, at, "the file ends early");
    } catch (IOException e) {
      throw new UncheckedIOException("cached features cannot be read", e);
    }
  }

  void flush() throws IOException {
    channel.force(true);
    sums.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    sums.close();
  }
}
