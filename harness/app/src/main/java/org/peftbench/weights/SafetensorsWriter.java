package org.peftbench.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.peftbench.file.WholeFile;

/** Writes safetensors files, whole or not at all. */
public final class SafetensorsWriter {

  private static final int PIECE_VALUES = 1 << 18;
  private static final JsonFactory JSON = new JsonFactory();

  private SafetensorsWriter() {}

  /** Writes float32 tensors in the map's order. */
  public static void write(
      Path path, Map<String, FloatTensor> ordered, Map<String, String> metadata)
      throws IOException {
    write(path, ordered, metadata, ElementType.F32);
  }

  /**
   * Writes tensors in the map's order, under a temporary name until all is on disk.
   *
   * @param type {@link ElementType#F32} or {@link ElementType#F16}
   * @throws IllegalArgumentException if the type is another, or a value is too large for it
   */
  public static void write(
      Path path, Map<String, FloatTensor> ordered, Map<String, String> metadata, ElementType type)
      throws IOException {
    write(
        path,
        infos(ordered, type),
        metadata,
        (name, from, piece) ->
            System.arraycopy(
                Objects.requireNonNull(ordered.get(name)).values(),
                Math.toIntExact(from),
                piece,
                0,
                piece.length));
  }

  /** Where the values of tensors come from that need not be in memory. */
  interface Values {
    /**
     * Gives some values of a tensor; asked from first to last.
     *
     * @param from the place of the first
     * @param piece is filled
     */
    void read(String name, long from, float[] piece);
  }

  /**
   * Writes tensors piece by piece, in the map's order, under a temporary name until all is on disk.
   *
   * @param ordered all of {@link ElementType#F32} or {@link ElementType#F16}
   * @throws IllegalArgumentException if a type is another, or a value is too large for it
   */
  static void write(
      Path path, Map<String, TensorInfo> ordered, Map<String, String> metadata, Values values)
      throws IOException {
    for (TensorInfo info : ordered.values()) {
      if (info.type() != ElementType.F32 && info.type() != ElementType.F16) {
        throw new IllegalArgumentException("cannot write " + info.type() + "; known: F32, F16");
      }
    }
    WholeFile.write(
        path,
        out -> {
          out.write(header(ordered, metadata));
          for (Map.Entry<String, TensorInfo> entry : ordered.entrySet()) {
            writeValues(out, entry.getKey(), entry.getValue(), values);
          }
        });
  }

  /**
   * Writes bytes of tensors as they are, in the map's order, to a file that is not there yet. What
   * it holds is in the system's hands, and survives this program but not the machine.
   */
  public static void write(Path path, Map<String, RawTensor> ordered) throws IOException {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    ordered.forEach((name, tensor) -> infos.put(name, tensor.info()));
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      writeAll(channel, ByteBuffer.wrap(header(infos, Map.of())));
      for (RawTensor tensor : ordered.values()) {
        writeAll(channel, tensor.bytes().duplicate());
      }
    }
  }

  private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int unused = channel.write(bytes);
    }
  }

  private static Map<String, TensorInfo> infos(Map<String, FloatTensor> ordered, ElementType type) {
    Map<String, TensorInfo> infos = new LinkedHashMap<>();
    ordered.forEach((name, tensor) -> infos.put(name, new TensorInfo(type, tensor.shape())));
    return infos;
  }

  private static byte[] header(Map<String, TensorInfo> ordered, Map<String, String> metadata)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart("__metadata__");
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long begin = 0;
      for (Map.Entry<String, TensorInfo> entry : ordered.entrySet()) {
        long end = begin + entry.getValue().byteCount();
        writeEntry(json, entry.getKey(), entry.getValue(), new long[] {begin, end});
        begin = end;
      }
      json.writeEndObject();
    }
    // Padded so that the data begin at a multiple of eight, for those who map the file.
    byte[] padded = Arrays.copyOf(bytes.toByteArray(), (bytes.size() + 7) / 8 * 8);
    Arrays.fill(padded, bytes.size(), padded.length, (byte) ' ');
    return ByteBuffer.allocate(8 + padded.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(padded.length)
        .put(padded)
        .array();
  }

  private static void writeEntry(JsonGenerator json, String name, TensorInfo info, long[] offsets)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", info.type().name());
    json.writeFieldName("shape");
    json.writeArray(
        info.shape().stream().mapToLong(Long::longValue).toArray(), 0, info.shape().size());
    json.writeFieldName("data_offsets");
    json.writeArray(offsets, 0, 2);
    json.writeEndObject();
  }

  private static void writeValues(OutputStream out, String name, TensorInfo info, Values values)
      throws IOException {
    for (long from = 0; from < info.count(); from += PIECE_VALUES) {
      float[] piece = new float[(int) Math.min(PIECE_VALUES, info.count() - from)];
      values.read(name, from, piece);
      ByteBuffer bytes =
          ByteBuffer.allocate(piece.length * info.type().bytes()).order(ByteOrder.LITTLE_ENDIAN);
      if (info.type() == ElementType.F32) {
        bytes.asFloatBuffer().put(piece);
      } else {
        for (float value : piece) {
          bytes.putShort(half(name, value));
        }
      }
      out.write(bytes.array());
    }
  }

  private static short half(String name, float value) {
    short half = Half.fromFloat(value);
    if (Float.isFinite(value) && !Float.isFinite(Half.toFloat(half))) {
      throw new IllegalArgumentException(
          "tensor '" + name + "' contains " + value + ", too large for float16");
    }
    return half;
  }
}
