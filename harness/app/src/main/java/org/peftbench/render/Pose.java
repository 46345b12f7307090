package org.peftbench.render;

/**
 * Where a shape of about unit radius goes.
 *
 * @param x centre, in pixels
 * @param y centre, in pixels
 * @param scale pixels a unit
 * @param angle clockwise as seen, in radians
 */
public record Pose(double x, double y, double scale, double angle) {

  public static Pose upright(double x, double y, double scale) {
    return new Pose(x, y, scale, 0);
  }

  public Pose moved(double dx, double dy) {
    return new Pose(x + dx, y + dy, scale, angle);
  }
}
