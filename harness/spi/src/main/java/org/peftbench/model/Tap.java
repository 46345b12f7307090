package org.peftbench.model;

import java.util.List;

/**
 * A map that leaves the frozen backbone for a side network. Equal maps are equal taps, of one name.
 *
 * @param kind what it is
 * @param depth the block it is taken after, or the last of a sum; 0 is the embedded image z_0,
 *     before the first block
 * @param first of a sum, the first map of it; else equal to the depth
 * @param step of a sum of several, from one of its maps to the next; else 1
 * @param pool side of the squares of patch tokens that are averaged into one; 1 leaves all
 */
public record Tap(Kind kind, int depth, int first, int step, int pool) {

  /** The kinds of taps. */
  public enum Kind {
    /** z_i, the tokens after block i: (B, N, D). */
    BLOCK,
    /** z_first + z_(first + step) + ... + z_depth: one map (B, N, D) whatever the depth. */
    SUM,
    /** The pooled, normalised output of the backbone: (B, D). */
    REPRESENTATION
  }

  /** Checks the numbers. */
  public Tap {
    if (depth < 0) {
      throw new IllegalArgumentException("a tap cannot be taken at depth " + depth);
    }
    if (first < 0 || first > depth || step < 1 || (depth - first) % step != 0) {
      throw new IllegalArgumentException(
          "a sum from z_%d on by %d does not end at z_%d".formatted(first, step, depth));
    }
    if (first < depth ? kind != Kind.SUM : step != 1) {
      throw new IllegalArgumentException("only a sum has a first map, and only of several a step");
    }
    if (pool < 1 || (pool > 1 && kind == Kind.REPRESENTATION)) {
      throw new IllegalArgumentException("a " + kind + " cannot be pooled by " + pool);
    }
  }

  /** Taps z_i, the tokens after block {@code depth}; 0 is the embedded image. */
  public static Tap block(int depth) {
    return new Tap(Kind.BLOCK, depth, depth, 1, 1);
  }

  /** Taps the sum z_0 + ... + z_i. */
  public static Tap sum(int depth) {
    return sum(0, depth, 1);
  }

  /**
   * Taps the sum z_first + z_(first + step) + ...
   *
   * @param last no map after it is added
   * @param step at least 1
   * @throws IllegalArgumentException if it has no map
   */
  public static Tap sum(int first, int last, int step) {
    if (first < 0 || first > last || step < 1) {
      throw new IllegalArgumentException(
          "no map is in a sum from z_%d to z_%d by %d".formatted(first, last, step));
    }
    int depth = last - (last - first) % step;
    return new Tap(Kind.SUM, depth, first, depth == first ? 1 : step, 1);
  }

  /** Taps what the backbone itself would give to a head. */
  public static Tap representation(ViTConfig config) {
    return new Tap(Kind.REPRESENTATION, config.depth(), config.depth(), 1, 1);
  }

  /**
   * The same with squares of patch tokens averaged into one token each; the class token stays.
   *
   * @param side of a square, in tokens; 1 for all tokens
   * @throws IllegalArgumentException for a representation, which has none
   */
  public Tap pooled(int side) {
    return new Tap(kind, depth, first, step, side);
  }

  /** How many maps a sum has. */
  public int terms() {
    return (depth - first) / step + 1;
  }

  /** Whether a sum has z_i. */
  boolean adds(int i) {
    return kind == Kind.SUM && i >= first && i <= depth && (i - first) % step == 0;
  }

  /**
   * Counts its tokens.
   *
   * @throws IllegalArgumentException if it is pooled by what does not divide the patches of a side
   */
  public int tokens(ViTConfig config) {
    if (kind == Kind.REPRESENTATION) {
      return 1;
    }
    int side = config.grid();
    if (side % pool != 0) {
      throw new IllegalArgumentException(
          "pool %d does not divide the %d patches of a side".formatted(pool, side));
    }
    return config.tokens() - side * side + (side / pool) * (side / pool);
  }

  /** Counts the values of this tap for one image. */
  public long values(ViTConfig config) {
    return (long) tokens(config) * config.width();
  }

  /** Counts the bytes that leave the backbone with taps for one image, as float32. */
  public static long transferBytes(List<Tap> taps, ViTConfig config) {
    return taps.stream().mapToLong(tap -> tap.values(config)).sum() * Float.BYTES;
  }

  @Override
  public String toString() {
    String map =
        switch (kind) {
          case BLOCK -> "z_" + depth;
          case SUM ->
              switch (step == 1 ? 1 : terms()) {
                case 1 -> "z_%d+...+z_%d".formatted(first, depth);
                case 2 -> "z_%d+z_%d".formatted(first, depth);
                default -> "z_%d+z_%d+...+z_%d".formatted(first, first + step, depth);
              };
          case REPRESENTATION -> "representation";
        };
    return pool == 1 ? map : "%s pooled %dx%d".formatted(map, pool, pool);
  }
}
