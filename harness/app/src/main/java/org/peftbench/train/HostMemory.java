package org.peftbench.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Direct buffers that grow to what a batch needs and are used again for the next: a batch is by far
 * the largest thing that Java allocates.
 */
public final class HostMemory {

  private final List<ByteBuffer> buffers = new ArrayList<>();

  /**
   * Gives a buffer, whose earlier content is lost.
   *
   * @param index which of them
   * @param bytes its size
   */
  public ByteBuffer buffer(int index, int bytes) {
    while (buffers.size() <= index) {
      buffers.add(ByteBuffer.allocateDirect(0));
    }
    if (buffers.get(index).capacity() < bytes) {
      buffers.set(index, ByteBuffer.allocateDirect(bytes));
    }
    return buffers.get(index).slice(0, bytes).order(ByteOrder.nativeOrder());
  }
}
