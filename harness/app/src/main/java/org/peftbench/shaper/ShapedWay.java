package org.peftbench.shaper;

import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A way of some rate and length. What is lost is sent again by TCP, a round trip later, and all
 * that is behind it waits: so a lost segment is a delay. The same seed loses the same segments.
 */
final class ShapedWay implements Way {

  private static final int SEGMENT_BYTES = 1_460;

  private final double nanosPerByte;
  private final long roundTrip;
  private final double loss;
  private final long bytesBetweenCuts;
  private final Random chance;
  private long free = Long.MIN_VALUE;
  private double untilCut;

  /**
   * A way.
   *
   * @param bitsPerSecond its rate
   * @param roundTrip nanoseconds there and back
   * @param loss share of segments that are lost
   * @param bytesBetweenCuts mean of the bytes from one break to the next; 0 for none
   */
  ShapedWay(double bitsPerSecond, long roundTrip, double loss, long bytesBetweenCuts, long seed) {
    this.nanosPerByte = Byte.SIZE * 1e9 / bitsPerSecond;
    this.roundTrip = roundTrip;
    this.loss = loss;
    this.bytesBetweenCuts = bytesBetweenCuts;
    this.chance = new Random(seed);
    this.untilCut = nextCut();
  }

  @Override
  public synchronized Arrival send(byte[] piece, long now) {
    free = Math.max(free, now) + (long) (piece.length * nanosPerByte);
    for (int sent = 0; sent < piece.length; sent += SEGMENT_BYTES) {
      if (loss > 0 && chance.nextDouble() < loss) {
        free += roundTrip;
      }
    }
    long due = free + roundTrip / 2;
    untilCut -= piece.length;
    if (bytesBetweenCuts > 0 && untilCut <= 0) {
      untilCut = nextCut();
      return Arrival.none(due);
    }
    return new Arrival(ByteBuffer.wrap(piece), due, false);
  }

  /** As long as radioactive atoms live: a break does not know when the last one was. */
  private double nextCut() {
    return -Math.log(1 - chance.nextDouble()) * bytesBetweenCuts;
  }
}
