package org.peftbench.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;

/** Safetensors in memory. */
public final class SafetensorsBytes {

  private final byte[] bytes;
  private final SafetensorsStart start;

  private SafetensorsBytes(byte[] bytes, SafetensorsStart start) {
    this.bytes = bytes;
    this.start = start;
  }

  /**
   * Checks their header.
   *
   * @param name of what they are, for messages
   * @param bytes the file; not copied
   * @throws WrongInputException if it is wrong
   */
  public static SafetensorsBytes of(String name, byte[] bytes) {
    try {
      return new SafetensorsBytes(
          bytes, SafetensorsStart.read(name, new ByteArrayInputStream(bytes), bytes.length));
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory cannot fail", e);
    }
  }

  /** Every tensor by name. */
  public SortedMap<String, TensorInfo> tensors() {
    SortedMap<String, TensorInfo> infos = new TreeMap<>();
    start.header().entries().forEach((name, entry) -> infos.put(name, entry.info()));
    return Collections.unmodifiableSortedMap(infos);
  }

  /** The bytes of a tensor that is there, little-endian; a view. */
  public ByteBuffer tensor(String name) {
    SafetensorsHeader.Entry entry = start.header().entries().get(name);
    if (entry == null) {
      throw new IllegalArgumentException("there is no tensor '" + name + "'");
    }
    int from = Math.toIntExact(start.dataStart() + entry.begin());
    return ByteBuffer.wrap(bytes, from, Math.toIntExact(entry.end() - entry.begin()))
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
