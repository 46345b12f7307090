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

/** {@code pocket_objects}: a thing in clutter, and which category it is of. */
final class ObjectScene implements Scene {

  /** The classes, in the order of their labels. */
  static final List<Thing> CLASSES = List.of(Thing.values());

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    List<Rgb> around = Backdrop.surface(canvas, dice);
    Backdrop.clutter(canvas, dice, dice.between(0, 4));
    draw(canvas, CLASSES.get(label).parts(dice), around, dice);
    Camera.shoot(canvas, dice);
  }

  private static void draw(Canvas canvas, List<Thing.Part> parts, List<Rgb> around, Dice dice) {
    double scale = dice.between(18, 29.0);
    double room = 34 - scale;
    Pose pose =
        new Pose(
            32 + dice.between(-room, room),
            32 + dice.between(-room, room),
            scale,
            dice.between(-0.35, 0.35));
    int flip = dice.sign();
    List<Rgb> seen = new ArrayList<>(around);
    List<Paint> paints = new ArrayList<>();
    for (int tone = 0; tone < Thing.TONES; tone++) {
      Rgb colour = Palette.unlike(dice, seen, 0.3);
      seen.add(colour);
      paints.add(Paint.lit(dice, colour));
    }
    parts.stream()
        .map(Thing.Part::shape)
        .reduce(Shape::or)
        .ifPresent(whole -> Backdrop.shadow(canvas, dice, flipped(whole, flip), pose));
    for (Thing.Part part : parts) {
      canvas.draw(flipped(part.shape(), flip), pose, paints.get(part.tone()));
    }
  }

  private static Shape flipped(Shape shape, int flip) {
    return (x, y) -> shape.distance(flip * x, y);
  }
}
