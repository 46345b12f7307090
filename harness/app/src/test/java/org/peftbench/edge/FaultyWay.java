package org.peftbench.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.peftbench.shaper.Way;

/** A way on which, by a seed, things go wrong. */
final class FaultyWay implements Way {

  /** What goes wrong. */
  enum Fault {
    /** The connection breaks. */
    CUT,
    /** Nothing arrives for longer than anybody waits. */
    STALL,
    /** Little arrives at a time. */
    DRIP,
    /** A piece arrives twice. */
    DUPLICATE,
    /** A byte arrives as another. */
    FLIP,
    /** An answer claims to be something else. */
    WRONG_ETAG,
    /** The other end goes away, and comes back. */
    RESTART
  }

  private static final long STALL_NANOS = 600_000_000;
  private static final long DROP_NANOS = 15_000_000;
  private static final int DROPS = 12;
  private static final String ETAG = "etag: \"";

  private final List<Fault> possible;
  private final double share;
  private final Random chance;
  private final Runnable restart;
  private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);
  private long free;
  private int dripping;
  private boolean lying;

  /**
   * A way.
   *
   * @param possible what may go wrong
   * @param share of pieces with which something does
   * @param restart makes the other end go away and come back
   */
  FaultyWay(List<Fault> possible, double share, long seed, Runnable restart) {
    this.possible = possible;
    this.share = share;
    this.chance = new Random(seed);
    this.restart = restart;
  }

  /** How often each has gone wrong. */
  synchronized Map<Fault, Integer> counts() {
    return new EnumMap<>(counts);
  }

  @Override
  public synchronized Arrival send(byte[] piece, long now) {
    free = Math.max(free, now);
    if (dripping > 0) {
      dripping--;
      free += DROP_NANOS;
    }
    byte[] sent = lie(piece);
    if (piece.length == 0 || chance.nextDouble() >= share) {
      return arrival(sent);
    }
    Fault fault = possible.get(chance.nextInt(possible.size()));
    if (fault == Fault.WRONG_ETAG) {
      lying = true; // with the next ETag that comes
      return arrival(sent);
    }
    counts.merge(fault, 1, Integer::sum);
    switch (fault) {
      case CUT -> {
        return Arrival.none(free);
      }
      case STALL -> free += STALL_NANOS;
      case DRIP -> dripping += DROPS;
      case DUPLICATE -> {
        byte[] twice = Arrays.copyOf(sent, 2 * sent.length);
        System.arraycopy(sent, 0, twice, sent.length, sent.length);
        return arrival(twice);
      }
      case FLIP -> sent[sent.length / 2] ^= 1;
      default -> new Thread(restart, "restart").start();
    }
    return arrival(sent);
  }

  private Arrival arrival(byte[] sent) {
    return new Arrival(ByteBuffer.wrap(sent), free, false);
  }

  private byte[] lie(byte[] piece) {
    if (!lying) {
      return piece;
    }
    int at = new String(piece, ISO_8859_1).toLowerCase(Locale.ROOT).indexOf(ETAG);
    if (at < 0 || at + ETAG.length() >= piece.length) {
      return piece;
    }
    byte[] other = piece.clone();
    int digit = at + ETAG.length();
    other[digit] = (byte) (other[digit] == 'a' ? 'b' : 'a');
    lying = false;
    counts.merge(Fault.WRONG_ETAG, 1, Integer::sum);
    return other;
  }
}
