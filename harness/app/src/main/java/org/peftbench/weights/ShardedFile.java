package org.peftbench.weights;

import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.peftbench.Printable;
import org.peftbench.WrongInputException;

/** Several safetensors files that are one: each tensor is in the file that an index names. */
final class ShardedFile implements TensorFile {

  private final Path path;
  private final SortedMap<String, SafetensorsFile> shards = new TreeMap<>();
  private final SortedMap<String, TensorInfo> tensors = new TreeMap<>();
  private final ShardIndex index;

  private ShardedFile(Path path, ShardIndex index) {
    this.path = path;
    this.index = index;
  }

  /**
   * Opens all that an index names.
   *
   * @throws WrongInputException if one cannot be read, or index and files do not agree on what is
   *     where
   */
  static ShardedFile open(Path path) {
    ShardedFile file = new ShardedFile(path, ShardIndex.read(path));
    try {
      file.index.shards().forEach(file::add);
      file.index.places().forEach(file::requireThere);
      return file;
    } catch (WrongInputException e) {
      file.close();
      throw e;
    }
  }

  private void add(String name) {
    Path at = path.resolveSibling(name);
    if (!Files.isRegularFile(at)) {
      throw new WrongInputException(path + ": there is no '" + name + "' beside it");
    }
    SafetensorsFile shard = SafetensorsFile.open(at);
    shards.put(name, shard);
    for (Map.Entry<String, TensorInfo> tensor : shard.tensors().entrySet()) {
      String place = index.places().get(tensor.getKey());
      if (!name.equals(place)) {
        throw new WrongInputException(
            "%s: holds '%s', which %s has in %s"
                .formatted(
                    at, tensor.getKey(), path.getFileName(), place == null ? "no file" : place));
      }
      tensors.put(tensor.getKey(), tensor.getValue());
    }
  }

  private void requireThere(String tensor, String shard) {
    if (!tensors.containsKey(tensor)) {
      throw new WrongInputException(
          "%s: '%s' is not in %s".formatted(path, Printable.line(tensor), shard));
    }
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public SortedMap<String, TensorInfo> tensors() {
    return Collections.unmodifiableSortedMap(tensors);
  }

  @Override
  public void read(String name, FloatBuffer target) {
    shardOf(name).read(name, target);
  }

  @Override
  public long[] readLongs(String name) {
    return shardOf(name).readLongs(name);
  }

  private SafetensorsFile shardOf(String tensor) {
    String place = index.places().get(tensor);
    @Nullable SafetensorsFile shard = place == null ? null : shards.get(place);
    if (shard == null) {
      throw new WrongInputException(path + ": has no tensor '" + tensor + "'");
    }
    return shard;
  }

  @Override
  public void close() {
    shards.values().forEach(SafetensorsFile::close);
  }
}
