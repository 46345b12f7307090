package org.peftbench.world;

import org.peftbench.render.Dice;
import org.peftbench.render.Noise;
import org.peftbench.render.Paint;

/**
 * A pattern of two colours without end: two simple patterns laid over each other, bent and cut off
 * as genes give it.
 */
record Surface(
    Layer first, Layer second, double share, double warp, double level, double softness) {

  private static final int KINDS = 7;
  private static final double FINEST = 5;
  private static final double COARSEST = 14;

  /** A simple pattern. */
  record Layer(int kind, double ratio, double angle, double gene) {

    static Layer of(Dice genes) {
      return new Layer(genes.below(KINDS), genes.between(0.5, 2), genes.angle(), genes.unit());
    }

    /** 0 to 1; one period is about one unit. */
    double at(double x, double y, Noise noise) {
      double cos = StrictMath.cos(angle) * ratio;
      double sin = StrictMath.sin(angle) * ratio;
      double u = cos * x + sin * y;
      double v = cos * y - sin * x;
      return switch (kind) {
        case 0 -> wave(u);
        case 1 -> wave(u) * wave(v * (0.5 + gene));
        case 2 -> wave(u + (0.3 + gene) * wave(v * 0.7));
        case 3 -> Math.max(wave(u), wave(0.5 * u + (0.5 + 0.4 * gene) * v));
        case 4 -> edges(noise.cell(u, v * (0.5 + gene)));
        case 5 -> Math.min(1, noise.cell(u * (0.6 + gene), v).nearest() * 1.3);
        default -> noise.cloud(u, v * (0.3 + gene));
      };
    }

    private static double edges(Noise.Cell cell) {
      return Math.min(1, (cell.second() - cell.nearest()) * 1.6);
    }

    private static double wave(double t) {
      double up = 2 * Math.abs(t - Math.floor(t + 0.5));
      return up * up * (3 - 2 * up);
    }
  }

  static Surface of(Dice genes) {
    return new Surface(
        Layer.of(genes),
        Layer.of(genes),
        genes.chance(0.5) ? 0 : genes.between(0.2, 0.6),
        genes.chance(0.5) ? 0 : genes.between(0.3, 1.2),
        genes.between(0.35, 0.65),
        genes.chance(0.6) ? 0.08 : genes.between(0.3, 0.8));
  }

  /**
   * The surface in two colours, at a scale and turned as chance has it.
   *
   * @param turn how far it may be turned either way, in radians
   */
  Paint cover(Dice dice, Paint one, Paint other, double turn) {
    double period = dice.between(FINEST, COARSEST);
    double angle = dice.between(-turn, turn);
    double cos = StrictMath.cos(angle) / period;
    double sin = StrictMath.sin(angle) / period;
    double dx = dice.between(0, 64.0);
    double dy = dice.between(0, 64.0);
    Noise noise = new Noise(dice);
    return (x, y) -> {
      double u = cos * (x - dx) + sin * (y - dy);
      double v = cos * (y - dy) - sin * (x - dx);
      return one.at(x, y).mix(other.at(x, y), at(u, v, noise));
    };
  }

  private double at(double x, double y, Noise noise) {
    double u = x;
    double v = y;
    if (warp > 0) {
      u += warp * (noise.at(x * 0.6, y * 0.6) - 0.5);
      v += warp * (noise.at(x * 0.6 + 40, y * 0.6) - 0.5);
    }
    double value = first.at(u, v, noise);
    if (share > 0) {
      value += share * (second.at(u, v, noise) - value);
    }
    return Math.max(0, Math.min(1, 0.5 + (value - level) / softness));
  }
}
