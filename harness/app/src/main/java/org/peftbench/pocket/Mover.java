package org.peftbench.pocket;

import java.util.List;
import org.peftbench.render.Backdrop;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;
import org.peftbench.render.Shape;
import org.peftbench.render.Shapes;

/**
 * Something that moves before a calm background. What leaves the canvas on one side comes in again
 * on the other.
 *
 * @param shape of about unit radius
 * @param paint its colours
 * @param pose where it is in the first picture
 */
record Mover(Shape shape, Paint paint, Pose pose) {

  private static final int SHAPES = 4;

  /**
   * Covers the canvas, and throws what moves before it.
   *
   * @param edge how far from it the thing begins, in pixels
   */
  static Mover before(Canvas canvas, Dice dice, double smallest, double largest, double edge) {
    List<Rgb> around = Backdrop.calm(canvas, dice);
    CountScene.strokes(canvas, dice, dice.between(0, 2));
    Shape shape = shape(dice.below(SHAPES));
    Paint paint = Paint.plain(Palette.unlike(dice, around, 0.4));
    double x = dice.between(edge, Canvas.SIZE - edge);
    double y = dice.between(edge, Canvas.SIZE - edge);
    return new Mover(shape, paint, new Pose(x, y, dice.between(smallest, largest), dice.angle()));
  }

  /** Shapes that no turn of less than a whole one brings onto themselves. */
  private static Shape shape(int kind) {
    return switch (kind) {
      case 0 ->
          Shapes.polygon(
              -0.9, -0.25, 0.1, -0.25, 0.1, -0.65, 0.95, 0, 0.1, 0.65, 0.1, 0.25, -0.9, 0.25);
      case 1 ->
          Shapes.circle(0.5).at(-0.45, 0).or(Shapes.polygon(-0.3, -0.48, 0.95, 0, -0.3, 0.48));
      case 2 -> Shapes.box(0.9, 0.16).or(Shapes.box(0.3, 0.35).at(0.6, 0.4));
      default -> Shapes.ellipse(0.9, 0.4).or(Shapes.circle(0.35).at(0.75, -0.35));
    };
  }

  /** Paints it so many pixels from where it was, and turned. */
  void paint(Canvas canvas, double dx, double dy, double angle) {
    Pose moved =
        new Pose(
            wrapped(pose.x() + dx), wrapped(pose.y() + dy), pose.scale(), pose.angle() + angle);
    for (int across = -1; across <= 1; across++) {
      for (int down = -1; down <= 1; down++) {
        canvas.draw(shape, moved.moved(across * Canvas.SIZE, down * Canvas.SIZE), paint);
      }
    }
  }

  private static double wrapped(double place) {
    return place - Math.floor(place / Canvas.SIZE) * Canvas.SIZE;
  }
}
