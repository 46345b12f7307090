package org.peftbench.weights;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The header of one .npy array, versions 1 to 3.
 *
 * @param info element type and shape
 * @param headerBytes where the values begin
 */
record NpyHeader(TensorInfo info, long headerBytes) {

  /** The header is wrong; the message does not name the file yet. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int MAX_BYTES = 10_000;

  /** What NumPy calls each type; it has no name for bfloat16 and writes two opaque bytes. */
  private static final Map<String, ElementType> TYPES =
      Map.ofEntries(
          Map.entry("<f8", ElementType.F64),
          Map.entry("<f4", ElementType.F32),
          Map.entry("<f2", ElementType.F16),
          Map.entry("|V2", ElementType.BF16),
          Map.entry("<V2", ElementType.BF16),
          Map.entry("<i8", ElementType.I64),
          Map.entry("<i4", ElementType.I32),
          Map.entry("<i2", ElementType.I16),
          Map.entry("|i1", ElementType.I8),
          Map.entry("|u1", ElementType.U8),
          Map.entry("|b1", ElementType.BOOL));

  /** Reads a header and leaves the stream at the first value. */
  static NpyHeader read(InputStream stream) throws IOException, Malformed {
    DataInputStream in = new DataInputStream(stream);
    byte[] magic = in.readNBytes(MAGIC.length);
    if (!Arrays.equals(magic, MAGIC)) {
      throw new Malformed("is not a .npy array");
    }
    int major = in.readUnsignedByte();
    int minor = in.readUnsignedByte();
    if (major < 1 || major > 3 || minor != 0) {
      throw new Malformed("has .npy version " + major + "." + minor + "; known: 1.0, 2.0, 3.0");
    }
    int prefix = MAGIC.length + 2 + (major == 1 ? 2 : 4);
    long length = major == 1 ? littleEndian(in, 2) : littleEndian(in, 4);
    if (length > MAX_BYTES) {
      throw new Malformed("has a header of " + length + " bytes, more than " + MAX_BYTES);
    }
    byte[] text = in.readNBytes((int) length);
    if (text.length < length) {
      throw new Malformed("is cut short within its header");
    }
    Map<String, Object> fields = new PythonDict(new String(text, StandardCharsets.UTF_8)).parse();
    return new NpyHeader(info(fields), prefix + length);
  }

  private static long littleEndian(DataInputStream in, int bytes) throws IOException {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (long) in.readUnsignedByte() << (8 * i);
    }
    return value;
  }

  private static TensorInfo info(Map<String, Object> fields) throws Malformed {
    if (!fields.keySet().equals(Set.of("descr", "fortran_order", "shape"))) {
      throw new Malformed(
          "has header keys " + fields.keySet() + ", expected descr, fortran_order and shape");
    }
    if (!(fields.get("descr") instanceof String descr)
        || !(fields.get("fortran_order") instanceof Boolean fortran)
        || !(fields.get("shape") instanceof PythonDict.Tuple tuple)) {
      throw new Malformed("has a header value of the wrong type");
    }
    List<Long> shape = tuple.values();
    if (fortran && shape.size() > 1) {
      throw new Malformed("is in Fortran order; save np.ascontiguousarray of it");
    }
    try {
      return new TensorInfo(type(descr), shape);
    } catch (ArithmeticException e) {
      throw new Malformed("has the shape " + shape + ", which is too large");
    }
  }

  private static ElementType type(String descr) throws Malformed {
    if (descr.contains("O")) {
      throw new Malformed("is an array of Python objects, which are never unpickled");
    }
    ElementType type = TYPES.get(descr);
    if (type == null) {
      throw new Malformed(
          "has the type '" + descr + "'; known: " + TYPES.keySet().stream().sorted().toList());
    }
    return type;
  }
}
