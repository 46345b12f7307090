package org.peftbench.render;

import java.util.Arrays;

/** The image under the brush: 64 by 64 pixels, colours not yet cut to bytes. */
public final class Canvas {

  public static final int SIZE = 64;

  /** Shapes may reach this far from their origin, in their own units. */
  private static final double REACH = 1.4;

  private final Rgb[] pixels = new Rgb[SIZE * SIZE];

  public Canvas() {
    Arrays.fill(pixels, Rgb.grey(0));
  }

  /** Paints all over. */
  public void cover(Paint paint) {
    change((old, x, y) -> paint.at(x, y));
  }

  /** Replaces each pixel. */
  public void change(Change change) {
    for (int i = 0; i < pixels.length; i++) {
      int row = i / SIZE;
      int column = i % SIZE;
      pixels[i] = change.of(pixels[i], column + 0.5, row + 0.5);
    }
  }

  /** Paints a shape with a sharp edge. */
  public void draw(Shape shape, Pose pose, Paint paint) {
    draw(shape, pose, paint, 1, 1);
  }

  /**
   * Paints a shape.
   *
   * @param softness width of the edge, in pixels
   * @param opacity 0 to 1
   */
  public void draw(Shape shape, Pose pose, Paint paint, double softness, double opacity) {
    double cos = StrictMath.cos(pose.angle());
    double sin = StrictMath.sin(pose.angle());
    double reach = REACH * pose.scale() + softness;
    int left = (int) Math.max(0, Math.floor(pose.x() - reach));
    int right = (int) Math.min(SIZE, Math.ceil(pose.x() + reach));
    int bottom = (int) Math.min(SIZE, Math.ceil(pose.y() + reach));
    for (int row = (int) Math.max(0, Math.floor(pose.y() - reach)); row < bottom; row++) {
      for (int column = left; column < right; column++) {
        double dx = (column + 0.5 - pose.x()) / pose.scale();
        double dy = (row + 0.5 - pose.y()) / pose.scale();
        double distance = shape.distance(cos * dx + sin * dy, cos * dy - sin * dx) * pose.scale();
        double share = Math.min(1, 0.5 - distance / softness) * opacity;
        if (share > 0) {
          int i = row * SIZE + column;
          pixels[i] = pixels[i].mix(paint.at(column + 0.5, row + 0.5), share);
        }
      }
    }
  }

  /** (64, 64, 3): what is below 0 or above 1 is cut off. */
  public byte[] bytes() {
    byte[] bytes = new byte[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      bytes[3 * i] = level(pixels[i].red());
      bytes[3 * i + 1] = level(pixels[i].green());
      bytes[3 * i + 2] = level(pixels[i].blue());
    }
    return bytes;
  }

  private static byte level(double value) {
    return (byte) (int) (Math.max(0, Math.min(1, value)) * 255 + 0.5);
  }

  /** A new colour for the pixel whose centre is at x, y. */
  public interface Change {
    Rgb of(Rgb old, double x, double y);
  }
}
