package org.peftbench.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32C;
import org.peftbench.WrongInputException;
import org.peftbench.weights.SafetensorsFile;
import org.peftbench.weights.TensorInfo;
import org.peftbench.wire.ShardLayout;

/** A shard on disk. */
final class ShardFile implements AutoCloseable {

  private static final int PIECE_BYTES = 1 << 20;

  private final SafetensorsFile file;

  private ShardFile(SafetensorsFile file) {
    this.file = file;
  }

  /**
   * Checks that a file has what a shard of so many images has.
   *
   * @throws CloudException if not
   */
  static void check(Path path, ShardLayout layout, int images) {
    open(path, layout, images).close();
  }

  /** Opens one, as {@link #check} does. */
  static ShardFile open(Path path, ShardLayout layout, int images) {
    try {
      SafetensorsFile file = SafetensorsFile.open(path);
      try {
        require(path + " has", file.tensors(), layout.tensors(images));
        return new ShardFile(file);
      } catch (CloudException e) {
        file.close();
        throw e;
      }
    } catch (WrongInputException e) {
      throw new CloudException(Words.of(e), e);
    }
  }

  /**
   * Checks that tensors are those that were asked for.
   *
   * @param what begins the message, such as {@code the features are}
   * @throws CloudException if not
   */
  static void require(String what, Map<String, TensorInfo> found, Map<String, TensorInfo> right) {
    if (!found.equals(right)) {
      throw new CloudException(
          "%s %s, expected %s"
              .formatted(
                  what, Words.printable(found.toString()), Words.printable(right.toString())));
    }
  }

  /** The CRC-32C of a whole file, in hex. */
  static String sum(Path path) throws IOException {
    CRC32C sum = new CRC32C();
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        sum.update(piece, 0, length);
      }
    }
    return Long.toHexString(sum.getValue());
  }

  /**
   * Reads what a tensor has of an image.
   *
   * @param image by its place in the shard
   * @param target is filled: as many bytes as the tensor has of each image
   */
  void read(String tensor, int image, ByteBuffer target) {
    try {
      file.read(tensor, (long) image * target.remaining(), target);
    } catch (IOException e) {
      throw new UncheckedIOException("features from a cloud cannot be read", e);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
