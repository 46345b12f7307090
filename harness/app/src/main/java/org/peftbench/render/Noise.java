package org.peftbench.render;

/** Random fields over the plane. */
public final class Noise {

  /**
   * Where a point lies among randomly strewn seeds, one a unit square.
   *
   * @param nearest distance to the nearest seed
   * @param second distance to the second nearest
   * @param key random bits of the nearest seed
   */
  public record Cell(double nearest, double second, long key) {}

  private final long seed;

  public Noise(Dice dice) {
    this.seed = dice.next();
  }

  /** Random bits of a unit square. */
  public long key(long column, long row) {
    return Dice.mix(seed + column * 0x632BE59BD9B4E019L + row * 0x9E3779B97F4A7C15L);
  }

  /** Smooth, 0 to 1, with features of about one unit. */
  public double at(double x, double y) {
    double left = Math.floor(x);
    double top = Math.floor(y);
    double u = smooth(x - left);
    double v = smooth(y - top);
    long column = (long) left;
    long row = (long) top;
    double upper = mix(value(column, row), value(column + 1, row), u);
    double lower = mix(value(column, row + 1), value(column + 1, row + 1), u);
    return mix(upper, lower, v);
  }

  /** Cloudy, 0 to 1: three layers, each of half the size and half the weight. */
  public double cloud(double x, double y) {
    return (4 * at(x, y) + 2 * at(2 * x + 17, 2 * y + 5) + at(4 * x + 31, 4 * y + 11)) / 7;
  }

  /** The cell of a point. */
  public Cell cell(double x, double y) {
    long column = (long) Math.floor(x);
    long row = (long) Math.floor(y);
    double nearest = Double.MAX_VALUE;
    double second = Double.MAX_VALUE;
    long owner = 0;
    for (long r = row - 1; r <= row + 1; r++) {
      for (long c = column - 1; c <= column + 1; c++) {
        long key = key(c, r);
        double dx = c + Dice.unit(key) - x;
        double dy = r + Dice.unit(Dice.mix(key)) - y;
        double square = dx * dx + dy * dy;
        if (square < nearest) {
          second = nearest;
          nearest = square;
          owner = key;
        } else if (square < second) {
          second = square;
        }
      }
    }
    return new Cell(Math.sqrt(nearest), Math.sqrt(second), owner);
  }

  private double value(long column, long row) {
    return Dice.unit(key(column, row));
  }

  private static double smooth(double t) {
    return t * t * (3 - 2 * t);
  }

  private static double mix(double a, double b, double share) {
    return a + (b - a) * share;
  }
}
