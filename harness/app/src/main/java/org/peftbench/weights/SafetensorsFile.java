package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.file.FilePiece;

/** A safetensors file: header length, JSON header, the tensors' bytes. */
public final class SafetensorsFile implements TensorFile {

  private final Path path;
  private final FileChannel channel;
  private final long dataStart;
  private final SafetensorsHeader header;
  private final SortedMap<String, TensorInfo> tensors;

  private SafetensorsFile(
      Path path, FileChannel channel, long dataStart, SafetensorsHeader header) {
    this.path = path;
    this.channel = channel;
    this.dataStart = dataStart;
    this.header = header;
    SortedMap<String, TensorInfo> infos = new TreeMap<>();
    header.entries().forEach((name, entry) -> infos.put(name, entry.info()));
    this.tensors = Collections.unmodifiableSortedMap(infos);
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws WrongInputException if it cannot be read or its header is wrong
   */
  public static SafetensorsFile open(Path path) {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return open(path, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new WrongInputException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static SafetensorsFile open(Path path, FileChannel channel) throws IOException {
    SafetensorsStart start =
        SafetensorsStart.read(path.toString(), Channels.newInputStream(channel), channel.size());
    return new SafetensorsFile(path, channel, start.dataStart(), start.header());
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public SortedMap<String, TensorInfo> tensors() {
    return tensors;
  }

  @Override
  public SortedMap<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public void read(String name, FloatBuffer target) {
    TensorReader reader = TensorReader.of(path, name, tensors.get(name));
    try {
      reader.floats(streamAt(name), target);
    } catch (IOException e) {
      throw reader.wrong("cannot be read: " + e.getMessage());
    }
  }

  @Override
  public long[] readLongs(String name) {
    TensorReader reader = TensorReader.of(path, name, tensors.get(name));
    try {
      return reader.longs(streamAt(name));
    } catch (IOException e) {
      throw reader.wrong("cannot be read: " + e.getMessage());
    }
  }

  /**
   * Reads bytes of a tensor as they lie in the file, by position; several threads may do so.
   *
   * @param from the first of them, counted from the tensor's
   * @param target is filled
   */
  public void read(String name, long from, ByteBuffer target) throws IOException {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    if (entry == null || from < 0 || from + target.remaining() > entry.end() - entry.begin()) {
      throw new IllegalArgumentException(path + " has no such bytes of a tensor '" + name + "'");
    }
    long position = dataStart + entry.begin() + from;
    FilePiece.fill(channel, target, position, path + " ends within tensor '" + name + "'");
  }

  private InputStream streamAt(String name) throws IOException {
    SafetensorsHeader.Entry entry = header.entries().get(name);
    channel.position(dataStart + (entry == null ? 0 : entry.begin()));
    return Channels.newInputStream(channel);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new WrongInputException(path + ": cannot be closed: " + e.getMessage(), e);
    }
  }
}
