package org.peftbench.measure.nvml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The memory that a call writes its answer to. It holds all ones before, which is how NVML itself
 * says "not available": what a call leaves out is unavailable too.
 */
final class Reply {

  private final byte[] memory;
  private final ByteBuffer view;

  Reply(int bytes) {
    memory = new byte[bytes];
    Arrays.fill(memory, (byte) -1);
    view = ByteBuffer.wrap(memory).order(ByteOrder.nativeOrder());
  }

  /** Sets an input field. */
  Reply with(int offset, int value) {
    view.putInt(offset, value);
    return this;
  }

  /** As an argument: a pointer to this memory. */
  byte[] pointer() {
    return memory;
  }

  /** An unsigned int; empty if it is all ones, or too large to be any quantity. */
  Optional<Integer> unsigned(int offset) {
    return Optional.of(view.getInt(offset)).filter(value -> value >= 0);
  }

  /** An unsigned long long; empty if it is all ones, or too large to be any quantity. */
  Optional<Long> unsignedLong(int offset) {
    return Optional.of(view.getLong(offset)).filter(value -> value >= 0);
  }

  /** A double. */
  Optional<Double> real(int offset) {
    return Optional.of(view.getDouble(offset)).filter(value -> value >= 0);
  }

  /** The text up to the first zero; empty if no text was written. */
  Optional<String> text() {
    String all = new String(memory, StandardCharsets.ISO_8859_1);
    int end = all.indexOf('\0');
    return end < 0
        ? Optional.empty()
        : Optional.of(all.substring(0, end).strip()).filter(text -> !text.isEmpty());
  }
}
