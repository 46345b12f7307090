package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import org.peftbench.WrongInputException;

/**
 * A file of named tensors, of which only those asked for are read.
 *
 * <p>Whatever the file says was checked when it was opened. Not safe for use by several threads.
 */
public interface TensorFile extends AutoCloseable {

  /**
   * Opens a safetensors or npz file; its first bytes decide which. Weights in several files are
   * opened by their index, and a snapshot by its folder.
   *
   * @throws WrongInputException if it cannot be read, is neither, or contradicts itself
   */
  static TensorFile open(Path path) {
    if (Files.isDirectory(path)) {
      return open(WeightFiles.find(path));
    }
    if (!Files.isRegularFile(path)) {
      throw new WrongInputException(path + ": no such file");
    }
    if (ShardIndex.isOne(path)) {
      return ShardedFile.open(path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] magic = in.readNBytes(9);
      if (magic.length > 1 && magic[0] == 'P' && magic[1] == 'K') {
        return NpzFile.open(path);
      }
      // Old PyTorch files begin so; a header of 128 bytes does too, but is JSON from there on.
      if (magic.length == 9 && magic[0] == (byte) 0x80 && magic[8] != '{') {
        throw new WrongInputException(path + ": " + NpzFile.PICKLE);
      }
      return SafetensorsFile.open(path);
    } catch (IOException e) {
      throw new WrongInputException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The file. */
  Path path();

  /** Every tensor by name. */
  SortedMap<String, TensorInfo> tensors();

  /** Free text that the file has beside them, by key. */
  default SortedMap<String, String> metadata() {
    return Collections.emptySortedMap();
  }

  /**
   * The values of a float tensor, last dimension fastest, as float32.
   *
   * @throws WrongInputException if there is no such tensor or it holds integers
   */
  default float[] read(String name) {
    float[] values = TensorReader.of(path(), name, tensors().get(name)).roomForFloats();
    read(name, FloatBuffer.wrap(values));
    return values;
  }

  /**
   * Puts the values of a float tensor, last dimension fastest, into a buffer.
   *
   * @param target with room for them and no more
   * @throws WrongInputException if there is no such tensor or it holds integers
   */
  void read(String name, FloatBuffer target);

  /**
   * The values of an integer tensor, last dimension fastest.
   *
   * @throws WrongInputException if there is no such tensor or it holds floats
   */
  long[] readLongs(String name);

  @Override
  void close();
}
