package org.peftbench.shaper;

import java.nio.ByteBuffer;

/** One direction of a link, which all its connections share. */
public interface Way {

  /**
   * What arrives of a piece that is sent.
   *
   * @param bytes that arrive
   * @param due when, by {@link System#nanoTime}
   * @param cut whether the connection breaks instead
   */
  record Arrival(ByteBuffer bytes, long due, boolean cut) {

    /** A connection that breaks. */
    public static Arrival none(long due) {
      return new Arrival(ByteBuffer.allocate(0), due, true);
    }
  }

  /**
   * Sends a piece; pieces are sent one after the other.
   *
   * @param now by {@link System#nanoTime}
   */
  Arrival send(byte[] piece, long now);
}
