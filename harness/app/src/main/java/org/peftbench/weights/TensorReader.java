package org.peftbench.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;

/** Turns a tensor's bytes, little-endian, into values, a piece at a time. */
record TensorReader(Path path, String name, TensorInfo info) {

  private static final int PIECE_BYTES = 1 << 20;

  static TensorReader of(Path path, String name, @Nullable TensorInfo info) {
    if (info == null) {
      throw new WrongInputException(path + ": has no tensor '" + name + "'");
    }
    return new TensorReader(path, name, info);
  }

  /** An array for all values, still without them. */
  float[] roomForFloats() {
    requireFloats();
    return new float[arrayLength()];
  }

  /** Reads all values into a buffer that has room for no more. */
  void floats(InputStream in, FloatBuffer target) throws IOException {
    requireFloats();
    if (target.remaining() != info.count()) {
      throw new IllegalArgumentException(
          "%d places for the %d values of '%s'".formatted(target.remaining(), info.count(), name));
    }
    ElementType type = info.type();
    forEachPiece(
        in,
        piece -> {
          if (type == ElementType.F32) {
            target.put(piece.asFloatBuffer());
          } else {
            while (piece.hasRemaining()) {
              target.put(type.nextFloat(piece));
            }
          }
        });
  }

  private void requireFloats() {
    if (!info.type().isFloating()) {
      throw wrong("holds " + info.type() + ", expected floats");
    }
  }

  long[] longs(InputStream in) throws IOException {
    if (info.type().isFloating()) {
      throw wrong("holds " + info.type() + ", expected integers");
    }
    long[] values = new long[arrayLength()];
    int[] filled = {0};
    forEachPiece(
        in,
        piece -> {
          while (piece.hasRemaining()) {
            values[filled[0]++] = info.type().nextLong(piece);
          }
        });
    return values;
  }

  WrongInputException wrong(String what) {
    return new WrongInputException(path + ": tensor '" + name + "' " + what);
  }

  private int arrayLength() {
    if (info.count() > Integer.MAX_VALUE - 8) {
      throw wrong("has " + info.count() + " values, more than fit into memory at once");
    }
    return (int) info.count();
  }

  private interface PieceConsumer {
    void accept(ByteBuffer piece);
  }

  private void forEachPiece(InputStream in, PieceConsumer consumer) throws IOException {
    byte[] bytes = new byte[(int) Math.min(PIECE_BYTES, info.byteCount())];
    long left = info.byteCount();
    while (left > 0) {
      int length = (int) Math.min(bytes.length, left);
      if (in.readNBytes(bytes, 0, length) < length) {
        throw new EOFException("the file ended within tensor '" + name + "'");
      }
      consumer.accept(ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN));
      left -= length;
    }
  }
}
