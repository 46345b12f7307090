package org.peftbench.weights;

import java.util.Optional;
import org.peftbench.model.ViTConfig;

/** Square grids of patches, with or without a class token. */
final class Grid {

  private Grid() {}

  /** The side of the grid that so many positions make up; empty if they make none, or too large. */
  static Optional<Integer> side(long positions) {
    return root(withClassToken(positions) ? positions - 1 : positions);
  }

  /** Whether one of the positions is the class token's: one more than a square. */
  static boolean withClassToken(long positions) {
    return positions > 1 && root(positions - 1).isPresent();
  }

  private static Optional<Integer> root(long square) {
    long root = Math.round(Math.sqrt((double) square));
    return root > 0 && root <= ViTConfig.LARGEST_GRID && root * root == square
        ? Optional.of((int) root)
        : Optional.empty();
  }
}
