package org.peftbench.render;

/** A region of the plane: signed distance to its edge, negative inside; y points down. */
public interface Shape {

  double distance(double x, double y);

  default Shape at(double dx, double dy) {
    return (x, y) -> distance(x - dx, y - dy);
  }

  /** Clockwise as seen, in radians. */
  default Shape turned(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return (x, y) -> distance(cos * x + sin * y, cos * y - sin * x);
  }

  /** Distances are then a lower bound, which edges at this scale do not show. */
  default Shape stretched(double across, double down) {
    double least = Math.min(across, down);
    return (x, y) -> distance(x / across, y / down) * least;
  }

  default Shape grown(double by) {
    return (x, y) -> distance(x, y) - by;
  }

  /** The right half on both sides. */
  default Shape mirrored() {
    return (x, y) -> distance(Math.abs(x), y);
  }

  default Shape or(Shape other) {
    return (x, y) -> Math.min(distance(x, y), other.distance(x, y));
  }

  default Shape and(Shape other) {
    return (x, y) -> Math.max(distance(x, y), other.distance(x, y));
  }

  default Shape minus(Shape other) {
    return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
  }
}
