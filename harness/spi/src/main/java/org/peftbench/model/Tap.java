package org.peftbench.model;

import java.util.List;

/**
 * A map that leaves the frozen backbone for a side network.
 *
 * @param kind what it is
 * @param depth the block it is taken after; 0 is the embedded image z_0, before the first block
 */
public record Tap(Kind kind, int depth) {

  /** The kinds of taps. */
  public enum Kind {
    /** z_i, the tokens after block i: (B, N, D). */
    BLOCK,
    /** z_0 + z_1 + ... + z_i: one map (B, N, D) whatever the depth. */
    SUM,
    /** The pooled, normalised output of the backbone: (B, D). */
    REPRESENTATION
  }

  /** Checks the depth. */
  public Tap {
    if (depth < 0) {
      throw new IllegalArgumentException("a tap cannot be taken at depth " + depth);
    }
  }

  /** Taps z_i, the tokens after block {@code depth}; 0 is the embedded image. */
  public static Tap block(int depth) {
    return new Tap(Kind.BLOCK, depth);
  }

  /** Taps the sum z_0 + ... + z_i. */
  public static Tap sum(int depth) {
    return new Tap(Kind.SUM, depth);
  }

  /** Taps what the backbone itself would give to a head. */
  public static Tap representation(ViTConfig config) {
    return new Tap(Kind.REPRESENTATION, config.depth());
  }

  /** Counts the values of this tap for one image. */
  public long values(ViTConfig config) {
    return kind == Kind.REPRESENTATION ? config.width() : (long) config.tokens() * config.width();
  }

  /** Counts the bytes that leave the backbone with taps for one image, as float32. */
  public static long transferBytes(List<Tap> taps, ViTConfig config) {
    return taps.stream().mapToLong(tap -> tap.values(config)).sum() * Float.BYTES;
  }

  @Override
  public String toString() {
    return switch (kind) {
      case BLOCK -> "z_" + depth;
      case SUM -> "z_0+...+z_" + depth;
      case REPRESENTATION -> "representation";
    };
  }
}
