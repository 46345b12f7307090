package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;

/** A safetensors file: header length, JSON header, the tensors' bytes. */
public final class SafetensorsFile implements TensorFile {

  private static final int LENGTH_BYTES = 8;
  private static final long MAX_HEADER_BYTES = 100_000_000;

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
    long fileBytes = channel.size();
    InputStream in = Channels.newInputStream(channel);
    byte[] lengthBytes = in.readNBytes(LENGTH_BYTES);
    if (lengthBytes.length < LENGTH_BYTES) {
      throw new WrongInputException(
          path + ": has " + fileBytes + " bytes, too few for a safetensors file");
    }
    long length = ByteBuffer.wrap(lengthBytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long longest = Math.min(MAX_HEADER_BYTES, fileBytes - LENGTH_BYTES);
    if (length < 2 || length > longest) {
      throw new WrongInputException(
          "%s: header length %s is not between 2 and %s; not a safetensors file, or cut short"
              .formatted(path, Long.toUnsignedString(length), longest));
    }
    byte[] json = in.readNBytes((int) length);
    if (json.length < length || json[0] != '{') {
      throw new WrongInputException(
          path + ": header does not begin with '{'; not a safetensors file");
    }
    long dataStart = LENGTH_BYTES + length;
    try {
      return new SafetensorsFile(
          path, channel, dataStart, SafetensorsHeader.parse(decode(json), fileBytes - dataStart));
    } catch (SafetensorsHeader.Malformed e) {
      throw new WrongInputException(
          path + ": safetensors header: " + Printable.of(String.valueOf(e.getMessage())), e);
    } catch (CharacterCodingException e) {
      throw new WrongInputException(path + ": safetensors header: not UTF-8", e);
    }
  }

  // A strict decoder: a lenient one could make two different names equal.
  private static String decode(byte[] json) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public SortedMap<String, TensorInfo> tensors() {
    return tensors;
  }

  /** The file's free text, by key. */
  public SortedMap<String, String> metadata() {
    return header.metadata();
  }

  @Override
  public float[] read(String name) {
    TensorReader reader = TensorReader.of(path, name, tensors.get(name));
    try {
      return reader.floats(streamAt(name));
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
