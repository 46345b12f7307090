package org.peftbench.pocket;

import java.util.List;

/** {@code pocket_orient}: which way the one thing with a front points; 0 is up, then clockwise. */
final class OrientScene implements Scene {

  /** Directions, evenly spread over the circle. */
  static final int BINS = 8;

  private static final double BIN = 2 * StrictMath.PI / BINS;

  /** Directions keep away from the borders between bins, in shares of a bin. */
  private static final double JITTER = 0.36;

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    List<Rgb> around = Backdrop.surface(canvas, dice);
    double scale = dice.between(9, 17.0);
    double room = 30 - scale;
    Pose pose =
        new Pose(
            32 + dice.between(-room, room),
            32 + dice.between(-room, room),
            scale,
            (label + dice.between(-JITTER, JITTER)) * BIN);
    decoys(canvas, dice, pose);
    Rgb colour = Palette.unlike(dice, around, 0.28);
    Paint body = Paint.lit(dice, colour);
    Paint mark = Paint.lit(dice, Palette.unlike(dice, List.of(colour), 0.4));
    Pointer pointer = Pointer.any(dice);
    Backdrop.shadow(canvas, dice, pointer.body(), pose);
    canvas.draw(pointer.body(), pose, body);
    canvas.draw(pointer.mark(), pose, mark);
    Camera.shoot(canvas, dice);
  }

  /** Things without a front, smaller and clear of the pointer. */
  private static void decoys(Canvas canvas, Dice dice, Pose pointer) {
    int count = dice.between(1, 6);
    for (int i = 0; i < count; i++) {
      Pose pose =
          new Pose(
              dice.between(0, 64.0), dice.between(0, 64.0), dice.between(3, 7.0), dice.angle());
      Shape shape = dice.chance(0.5) ? Shapes.circle(0.9) : Shapes.regular(dice.between(4, 6), 1);
      double dx = pose.x() - pointer.x();
      double dy = pose.y() - pointer.y();
      if (Math.sqrt(dx * dx + dy * dy) > pose.scale() + pointer.scale() + 1) {
        canvas.draw(shape, pose, Paint.lit(dice, Palette.any(dice)));
      }
    }
  }

  /** A thing that points up: its body, and a mark at its front. */
  private record Pointer(Shape body, Shape mark) {

    static Pointer any(Dice dice) {
      double wide = dice.between(0.5, 0.8);
      Shape dot = Shapes.circle(dice.between(0.16, 0.24));
      return switch (dice.below(5)) {
        case 0 -> new Pointer(Shapes.circle(0.9), dot.at(0, -0.55));
        case 1 -> new Pointer(Shapes.box(wide, 0.9), Shapes.box(wide * 0.7, 0.18).at(0, -0.6));
        case 2 -> new Pointer(Shapes.ellipse(wide, 0.95), Shapes.regular(3, 0.35).at(0, -0.5));
        case 3 -> // an arrow
            new Pointer(
                Shapes.polygon(0, -1, wide, -0.1, -wide, -0.1).or(Shapes.box(0.22, 0.5).at(0, 0.4)),
                dot.stretched(0.6, 0.6).at(0, -0.5));
        default -> // a drop
            new Pointer(
                Shapes.circle(0.55).at(0, 0.35).or(Shapes.polygon(0, -1, 0.5, 0.15, -0.5, 0.15)),
                dot.stretched(0.6, 0.6).at(0, -0.4));
      };
    }
  }
}
