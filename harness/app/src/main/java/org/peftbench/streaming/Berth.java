package org.peftbench.streaming;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.sun.jna.Memory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.peftbench.model.Part;

/**
 * Memory for the values of one block, used again for the next. It is not Java's: it goes back to
 * the system when it is closed.
 */
final class Berth implements AutoCloseable {

  /** What PyTorch's own memory begins at: products may round otherwise elsewhere. */
  private static final long ALIGNMENT = 64;

  private final Map<String, Shape> shapes;
  private final Map<String, ByteBuffer> places = new LinkedHashMap<>();
  private final Memory memory;

  /**
   * Takes memory.
   *
   * @param shapes of a block's parameters, by name
   */
  Berth(Map<String, Shape> shapes) {
    this.shapes = shapes;
    long bytes = shapes.values().stream().mapToLong(Berth::bytes).sum();
    memory = new Memory(bytes + ALIGNMENT);
    long at = Math.floorMod(-Memory.nativeValue(memory), ALIGNMENT);
    for (Map.Entry<String, Shape> parameter : shapes.entrySet()) {
      long size = parameter.getValue().size() * Float.BYTES;
      places.put(parameter.getKey(), memory.getByteBuffer(at, size).order(ByteOrder.nativeOrder()));
      at += bytes(parameter.getValue());
    }
  }

  private static long bytes(Shape shape) {
    return (shape.size() * Float.BYTES + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** Where the values of a parameter are put. */
  FloatBuffer place(String name) {
    return place(places, name).asFloatBuffer();
  }

  /**
   * Gives a block its values. On the CPU they are not copied, so that the block must be released
   * before others are put here.
   */
  void load(Part block, NDManager manager) {
    shapes.forEach(
        (name, shape) ->
            block.load(name, manager.create(place(places, name), shape, DataType.FLOAT32)));
  }

  private static ByteBuffer place(Map<String, ByteBuffer> places, String name) {
    return Objects.requireNonNull(places.get(name), name);
  }

  @Override
  public void close() {
    memory.close();
  }
}
