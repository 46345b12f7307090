package org.peftbench.weights;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** How one value of a tensor is stored; the names are those of safetensors. */
public enum ElementType {
  /** 64-bit float. */
  F64(8, true),
  /** 32-bit float. */
  F32(4, true),
  /** 16-bit IEEE float. */
  F16(2, true),
  /** The upper half of a 32-bit float. */
  BF16(2, true),
  /** Signed 64-bit integer. */
  I64(8, false),
  /** Signed 32-bit integer. */
  I32(4, false),
  /** Signed 16-bit integer. */
  I16(2, false),
  /** Signed 8-bit integer. */
  I8(1, false),
  /** Unsigned 8-bit integer. */
  U8(1, false),
  /** 0 or 1, in one byte. */
  BOOL(1, false);

  private final int bytes;
  private final boolean floating;

  ElementType(int bytes, boolean floating) {
    this.bytes = bytes;
    this.floating = floating;
  }

  /** Bytes a value takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether {@link TensorFile#read} applies, rather than {@link TensorFile#readLongs}. */
  public boolean isFloating() {
    return floating;
  }

  static Optional<ElementType> named(String word) {
    return Arrays.stream(values()).filter(type -> type.name().equals(word)).findFirst();
  }

  float nextFloat(ByteBuffer buffer) {
    return switch (this) {
      case F64 -> (float) buffer.getDouble();
      case F32 -> buffer.getFloat();
      case F16 -> Half.toFloat(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      default -> throw new IllegalStateException(this + " is no float");
    };
  }

  long nextLong(ByteBuffer buffer) {
    return switch (this) {
      case I64 -> buffer.getLong();
      case I32 -> buffer.getInt();
      case I16 -> buffer.getShort();
      case I8 -> buffer.get();
      case U8, BOOL -> buffer.get() & 0xff;
      default -> throw new IllegalStateException(this + " is no integer");
    };
  }
}
