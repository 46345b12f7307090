package org.peftbench.world;

import org.peftbench.render.Dice;
import org.peftbench.render.Shape;
import org.peftbench.render.Shapes;

/**
 * A shape as genes give it; no two that are grown from them are quite the same.
 *
 * @param kind which family
 * @param first a gene, 0 to 1
 * @param second another
 * @param corners for the families that have some
 */
record Outline(int kind, double first, double second, int corners) {

  private static final int KINDS = 8;
  private static final int BLOB_CORNERS = 14;
  private static final double JITTER = 0.07;

  static Outline of(Dice genes) {
    return new Outline(genes.below(KINDS), genes.unit(), genes.unit(), genes.between(3, 6));
  }

  /** A shape of about unit radius. */
  Shape grow(Dice dice) {
    double one = vary(dice, first);
    double two = vary(dice, second);
    return switch (kind) {
      case 0 -> blob(one, two);
      case 1 -> Shapes.ellipse(1, 0.35 + 0.6 * one);
      case 2 -> Shapes.box(0.9, 0.25 + 0.6 * one);
      case 3 -> Shapes.regular(corners, 1).stretched(1, 0.6 + 0.4 * one);
      case 4 -> Shapes.star(corners, 1, 0.3 + 0.35 * one);
      case 5 -> Shapes.ring(0.75, 0.1 + 0.2 * one);
      case 6 -> Shapes.ring(0.8, 0.1 + 0.15 * one).and(Shapes.above(0.9 * two - 0.5)); // an arc
      default -> Shapes.line(-0.9, 0, 0.9, 0.4 * two, 0.1 + 0.2 * one);
    };
  }

  /** Two harmonics on a circle. */
  private Shape blob(double one, double two) {
    double[] outline = new double[2 * BLOB_CORNERS];
    for (int i = 0; i < BLOB_CORNERS; i++) {
      double angle = 2 * StrictMath.PI * i / BLOB_CORNERS;
      double radius =
          0.75
              + (0.08 + 0.17 * one) * StrictMath.sin((corners - 1) * angle)
              + 0.2 * two * StrictMath.cos(angle);
      outline[2 * i] = radius * StrictMath.sin(angle);
      outline[2 * i + 1] = -radius * StrictMath.cos(angle);
    }
    return Shapes.polygon(outline);
  }

  static double vary(Dice dice, double gene) {
    return Math.max(0, Math.min(1, gene + JITTER * dice.bell()));
  }
}
