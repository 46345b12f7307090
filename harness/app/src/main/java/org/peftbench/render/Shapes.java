package org.peftbench.render;

/** The simple shapes, around the origin. */
public final class Shapes {

  private Shapes() {}

  public static Shape circle(double radius) {
    return (x, y) -> Math.sqrt(x * x + y * y) - radius;
  }

  public static Shape ellipse(double across, double down) {
    return circle(1).stretched(across, down);
  }

  public static Shape ring(double radius, double halfWidth) {
    Shape circle = circle(radius);
    return (x, y) -> Math.abs(circle.distance(x, y)) - halfWidth;
  }

  /** Half the sides are given. */
  public static Shape box(double across, double down) {
    return (x, y) -> {
      double dx = Math.abs(x) - across;
      double dy = Math.abs(y) - down;
      double outX = Math.max(dx, 0);
      double outY = Math.max(dy, 0);
      return Math.sqrt(outX * outX + outY * outY) + Math.min(Math.max(dx, dy), 0);
    };
  }

  /** All above a height, which is smaller y. */
  public static Shape above(double height) {
    return (x, y) -> y - height;
  }

  /** A line from a to b with round ends. */
  public static Shape line(double ax, double ay, double bx, double by, double halfWidth) {
    double ux = bx - ax;
    double uy = by - ay;
    double square = ux * ux + uy * uy;
    return (x, y) -> {
      double t = Math.max(0, Math.min(1, ((x - ax) * ux + (y - ay) * uy) / square));
      double dx = x - ax - t * ux;
      double dy = y - ay - t * uy;
      return Math.sqrt(dx * dx + dy * dy) - halfWidth;
    };
  }

  /** Corners as x, y, x, y, ... in either sense of rotation (after Inigo Quilez). */
  public static Shape polygon(double... corners) {
    return (x, y) -> {
      double least = Double.MAX_VALUE;
      boolean inside = false;
      int last = corners.length - 2;
      for (int i = 0; i < corners.length; last = i, i += 2) {
        double ex = corners[last] - corners[i];
        double ey = corners[last + 1] - corners[i + 1];
        double wx = x - corners[i];
        double wy = y - corners[i + 1];
        double t = Math.max(0, Math.min(1, (wx * ex + wy * ey) / (ex * ex + ey * ey)));
        double dx = wx - ex * t;
        double dy = wy - ey * t;
        least = Math.min(least, dx * dx + dy * dy);
        boolean straddles = corners[i + 1] > y != corners[last + 1] > y;
        if (straddles && x < corners[i] + ex * (y - corners[i + 1]) / ey) {
          inside = !inside;
        }
      }
      return inside ? -Math.sqrt(least) : Math.sqrt(least);
    };
  }

  public static Shape regular(int corners, double radius) {
    return star(corners, radius, radius * StrictMath.cos(StrictMath.PI / corners));
  }

  /** Points at the radius, dents between them at the inner one. */
  public static Shape star(int points, double radius, double inner) {
    double[] corners = new double[4 * points];
    for (int i = 0; i < 2 * points; i++) {
      double angle = StrictMath.PI * i / points;
      double r = i % 2 == 0 ? radius : inner;
      corners[2 * i] = r * StrictMath.sin(angle);
      corners[2 * i + 1] = -r * StrictMath.cos(angle);
    }
    return polygon(corners);
  }
}
