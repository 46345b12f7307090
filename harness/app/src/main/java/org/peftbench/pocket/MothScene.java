package org.peftbench.pocket;

import java.util.ArrayList;
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

/** {@code pocket_fine}: a moth at rest, and which species it is. */
final class MothScene implements Scene {

  /** The classes, in the order of their labels. */
  static final List<Moth> CLASSES = List.of(Moth.values());

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    Moth moth = CLASSES.get(label);
    List<Rgb> seen = new ArrayList<>(Backdrop.surface(canvas, dice));
    Backdrop.clutter(canvas, dice, dice.between(0, 2));
    Rgb fore = Palette.unlike(dice, seen, 0.25);
    Rgb hind = dice.chance(0.5) ? Palette.near(dice, fore, 0.12) : Palette.unlike(dice, seen, 0.25);
    seen.add(fore);
    Rgb mark = Palette.unlike(dice, List.of(fore), 0.45);
    Rgb body = Palette.unlike(dice, seen, 0.2);

    double scale = dice.between(24, 30.0);
    double room = Math.max(1, 31 - scale);
    double turn = dice.chance(0.5) ? 0 : StrictMath.PI;
    Pose pose =
        new Pose(
            32 + dice.between(-room, room),
            32 + dice.between(-room, room),
            scale,
            turn + dice.between(-0.35, 0.35));
    double foreshortening = dice.between(0.85, 1);
    Shape hindWings = Moth.hindWings(dice).stretched(foreshortening, 1);
    Shape foreWings = Moth.foreWings(dice).stretched(foreshortening, 1);
    Backdrop.shadow(canvas, dice, hindWings.or(foreWings), pose);
    canvas.draw(hindWings, pose, Paint.lit(dice, hind));
    canvas.draw(foreWings, pose, Paint.lit(dice, fore));
    canvas.draw(moth.marks(dice).stretched(foreshortening, 1), pose, Paint.lit(dice, mark));
    canvas.draw(Moth.body(dice), pose, Paint.lit(dice, body));
    Camera.shoot(canvas, dice);
  }
}
