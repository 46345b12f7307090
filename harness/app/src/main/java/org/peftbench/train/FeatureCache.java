package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.WrongInputException;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;

/**
 * The taps of all training images on disk, one file a tap, image after image.
 *
 * <p>Batches are read by position into reused memory, a buffer a tap, so that memory does not grow
 * with the training set and the page cache is not counted as the method's.
 */
public final class FeatureCache implements AutoCloseable {

  private final List<TapFile> files = new ArrayList<>();

  private FeatureCache() {}

  /** Creates the files of a folder, which are then filled. */
  static FeatureCache create(Path folder, List<Tap> taps, ViTConfig config, DataType type) {
    return open(
        folder, taps, config, type, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /**
   * Opens the files of a folder for reading.
   *
   * @throws WrongInputException if one is not there, or has not the size of that many images; what
   *     an image has is looked at when it is read
   */
  static FeatureCache open(
      Path folder, List<Tap> taps, ViTConfig config, DataType type, int images) {
    FeatureCache cache = open(folder, taps, config, type, StandardOpenOption.READ);
    try {
      for (TapFile file : cache.files) {
        file.requireImages(images);
      }
      return cache;
    } catch (WrongInputException e) {
      cache.close();
      throw e;
    }
  }

  static FeatureCache open(
      Path folder, List<Tap> taps, ViTConfig config, DataType type, OpenOption... options) {
    FeatureCache cache = new FeatureCache();
    try {
      for (int i = 0; i < taps.size(); i++) {
        cache.files.add(
            new TapFile(
                folder.resolve("tap-" + i + ".bin"), shape(taps.get(i), config), type, options));
      }
      return cache;
    } catch (NoSuchFileException e) {
      cache.close();
      throw TapFile.damaged(e.getFile(), "the file is missing", e);
    } catch (IOException e) {
      cache.close();
      throw new UncheckedIOException("cached features in " + folder + " cannot be opened", e);
    }
  }

  private static Shape shape(Tap tap, ViTConfig config) {
    return tap.kind() == Tap.Kind.REPRESENTATION
        ? new Shape(config.width())
        : new Shape(tap.tokens(config), config.width());
  }

  /** Writes the taps of consecutive images, from the image with index {@code first} on. */
  public void write(int first, NDList taps) {
    for (int i = 0; i < files.size(); i++) {
      files.get(i).write(first, taps.get(i));
    }
  }

  /** Writes one tap, by its place, of consecutive images. */
  public void write(int first, int place, NDArray tap) {
    files.get(place).write(first, tap);
  }

  /**
   * Reads the taps of some images, as they are stored.
   *
   * @param host a manager on the CPU, whose arrays are views of the memory
   * @throws WrongInputException if one is not what was written
   */
  public NDList read(NDManager host, int[] images, HostMemory memory) {
    NDList taps = new NDList(files.size());
    for (int i = 0; i < files.size(); i++) {
      TapFile file = files.get(i);
      ByteBuffer buffer = memory.buffer(i, Math.multiplyExact(images.length, file.imageBytes()));
      taps.add(file.read(host, images, buffer));
    }
    return taps;
  }

  /** Forces all that was written to the disk. */
  void flush() {
    for (TapFile file : files) {
      try {
        file.flush();
      } catch (IOException e) {
        throw new UncheckedIOException("cached features cannot be written", e);
      }
    }
  }

  @Override
  public void close() {
    for (TapFile file : files) {
      try {
        file.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cached features cannot be closed", e);
      }
    }
  }
}
