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
import org.peftbench.render.Shape;

/** {@code pocket_location}: in which fifth of the width the one solid thing lies, from the left. */
final class LocationScene implements Scene {

  /** Columns that the image is divided into. */
  static final int BINS = 5;

  private static final double BIN = (double) Canvas.SIZE / BINS;

  /** Middles keep away from the borders between bins, in shares of a bin. */
  private static final double JITTER = 0.36;

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    List<Rgb> around = Backdrop.calm(canvas, dice);
    CountScene.strokes(canvas, dice, dice.between(0, 3));
    Pose pose =
        new Pose(
            (label + 0.5 + dice.between(-JITTER, JITTER)) * BIN,
            dice.between(6, 58.0),
            dice.between(6, 10.0),
            dice.angle());
    Shape shape = CountScene.thing(dice);
    Backdrop.shadow(canvas, dice, shape, pose);
    canvas.draw(shape, pose, Paint.lit(dice, Palette.unlike(dice, around, 0.35)));
    Camera.shoot(canvas, dice);
  }
}
