package org.peftbench.pocket;

import java.util.List;
import org.peftbench.render.Backdrop;
import org.peftbench.render.Camera;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;
import org.peftbench.render.Scatter;
import org.peftbench.render.Shape;
import org.peftbench.render.Shapes;

/** {@code pocket_count}: how many large things lie among small ones, thin strokes and specks. */
final class CountScene implements Scene {

  /** Label 0 is none, the last label this many. */
  static final int MOST = 4;

  /** Room for a large thing, whether one or a small one takes it. */
  private static final Scatter SCATTER = new Scatter(0.8, 1.2, 1.5, 400);

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    List<Rgb> around = Backdrop.calm(canvas, dice);
    strokes(canvas, dice, dice.between(0, 2));
    List<Pose> places = SCATTER.places(dice, label + dice.between(1, 5), 7);
    for (int i = 0; i < places.size(); i++) {
      double radius = i < label ? dice.between(7, 8.5) : dice.between(3, 4.0);
      Pose place = places.get(i);
      Pose pose = new Pose(place.x(), place.y(), radius, place.angle());
      put(canvas, dice, pose, around);
    }
    Camera.shoot(canvas, dice);
  }

  /** Draws a thing, with its shadow, that stands out from the colours around it. */
  static void put(Canvas canvas, Dice dice, Pose pose, List<Rgb> around) {
    Shape shape = thing(dice);
    Backdrop.shadow(canvas, dice, shape, pose);
    canvas.draw(shape, pose, Paint.lit(dice, Palette.unlike(dice, around, 0.35)));
  }

  /** A thing that is solid all over. */
  private static Shape thing(Dice dice) {
    return switch (dice.below(6)) {
      case 0 -> Shapes.circle(0.85);
      case 1 -> Shapes.box(0.68, 0.68);
      case 2 -> Shapes.regular(3, 1);
      case 3 -> Shapes.star(5, 1, dice.between(0.4, 0.6));
      case 4 -> Shapes.box(0.9, 0.3).or(Shapes.box(0.3, 0.9));
      default -> Shapes.ellipse(1, dice.between(0.5, 0.7));
    };
  }

  /** Lines, arcs and specks: too thin to be taken for things. */
  static void strokes(Canvas canvas, Dice dice, int count) {
    for (int i = 0; i < count; i++) {
      Pose pose =
          new Pose(
              dice.between(0, 64.0), dice.between(0, 64.0), dice.between(8, 24.0), dice.angle());
      double thin = dice.between(0.4, 0.8) / pose.scale();
      Shape stroke =
          dice.chance(0.5)
              ? Shapes.line(-1, 0, 1, 0, thin)
              : Shapes.ring(1, thin).and(Shapes.above(dice.between(-0.6, 0.2)));
      canvas.draw(stroke, pose, Paint.plain(Palette.any(dice)), 1, dice.between(0.5, 1));
    }
    int specks = dice.between(0, 6);
    for (int i = 0; i < specks; i++) {
      Pose pose =
          Pose.upright(dice.between(0, 64.0), dice.between(0, 64.0), dice.between(0.6, 1.1));
      canvas.draw(Shapes.circle(1), pose, Paint.plain(Palette.any(dice)));
    }
  }
}
