package org.peftbench.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  float[] floats(InputStream in) throws IOException {
    if (!info.type().isFloating()) {
      throw wrong("holds " + info.type() + ", expected floats");
    }
    float[] values = new float[arrayLength()];
    int[] filled = {0};
    ElementType type = info.type();
    forEachPiece(
        in,
        piece -> {
          int count = piece.remaining() / type.bytes();
          if (type == ElementType.F32) {
            piece.asFloatBuffer().get(values, filled[0], count);
          } else {
            for (int i = 0; i < count; i++) {
              values[filled[0] + i] = type.nextFloat(piece);
            }
          }
          filled[0] += count;
        });
    return values;
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
