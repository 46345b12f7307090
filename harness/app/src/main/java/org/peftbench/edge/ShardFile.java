package org.peftbench.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.peftbench.WrongInputException;
import org.peftbench.weights.SafetensorsFile;

/** A shard on disk. */
final class ShardFile implements AutoCloseable {

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
      if (!file.tensors().equals(layout.tensors(images))) {
        file.close();
        throw new CloudException(
            "%s has %s, expected %s"
                .formatted(
                    path,
                    Words.printable(file.tensors().toString()),
                    Words.printable(layout.tensors(images).toString())));
      }
      return new ShardFile(file);
    } catch (WrongInputException e) {
      throw new CloudException(Words.of(e), e);
    }
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
