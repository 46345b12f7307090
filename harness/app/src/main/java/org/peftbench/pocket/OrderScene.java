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
 * {@code pocket_motion_order}: a disc, a square, a triangle and a star appear one after the other,
 * for two frames each and round again, and which comes after which.
 */
final class OrderScene implements MotionScene {

  /** Four of the six orders round a circle, two and two of which are each other's reverse. */
  private static final int[][] ORDERS = {{0, 1, 2, 3}, {0, 3, 2, 1}, {0, 1, 3, 2}, {0, 2, 3, 1}};

  private static final List<Shape> THINGS =
      List.of(
          Shapes.circle(0.8), Shapes.box(0.7, 0.7), Shapes.regular(3, 1), Shapes.star(5, 1, 0.42));

  private static final int EACH = MotionTask.FRAMES / 4;

  @Override
  public int place(int label, int begin, int t) {
    return ORDERS[label][(begin + t) / EACH % THINGS.size()];
  }

  @Override
  public void paint(Canvas canvas, int label, int place, Dice dice) {
    List<Rgb> around = Backdrop.calm(canvas, dice);
    CountScene.strokes(canvas, dice, dice.between(0, 2));
    double radius = dice.between(9, 14);
    double x = dice.between(radius, Canvas.SIZE - radius);
    double y = dice.between(radius, Canvas.SIZE - radius);
    Paint paint = Paint.plain(Palette.unlike(dice, around, 0.4));
    canvas.draw(THINGS.get(place), new Pose(x, y, radius, dice.angle()), paint);
  }
}
