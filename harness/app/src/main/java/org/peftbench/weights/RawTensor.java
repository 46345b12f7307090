package org.peftbench.weights;

import java.nio.ByteBuffer;

/**
 * A tensor whose values are bytes already.
 *
 * @param info type and shape
 * @param bytes from position to limit, little-endian; not a copy
 */
public record RawTensor(TensorInfo info, ByteBuffer bytes) {

  /** Checks the number of bytes. */
  public RawTensor {
    if (bytes.remaining() != info.byteCount()) {
      throw new IllegalArgumentException(
          "%d bytes are not %s %s".formatted(bytes.remaining(), info.type(), info.shape()));
    }
  }
}
