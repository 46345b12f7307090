package org.peftbench.render;

import java.util.ArrayList;
import java.util.List;

/** What is behind and around the things that count. */
public final class Backdrop {

  private Backdrop() {}

  /** Covers the canvas with a surface of two colours, which it returns. */
  public static List<Rgb> surface(Canvas canvas, Dice dice) {
    Rgb first = Palette.any(dice);
    Rgb second = dice.chance(0.6) ? Palette.near(dice, first, 0.25) : Palette.any(dice);
    double grain = dice.between(0.03, 0.2);
    double stretch = dice.between(0.3, 1.0);
    double angle = dice.angle();
    double cos = StrictMath.cos(angle) * grain;
    double sin = StrictMath.sin(angle) * grain;
    Noise noise = new Noise(dice);
    int kind = dice.below(4);
    canvas.cover(
        (x, y) -> {
          double u = (cos * x + sin * y) * stretch;
          double v = cos * y - sin * x;
          return first.mix(second, surface(kind, noise, u, v));
        });
    return List.of(first, second);
  }

  private static double surface(int kind, Noise noise, double u, double v) {
    if (kind == 0) {
      return Dice.unit(noise.cell(u, v).key()); // patches
    }
    double cloud = noise.cloud(u, v);
    if (kind == 1) {
      return Math.max(0, Math.min(1, (cloud - 0.5) * 6 + 0.5)); // blotches
    }
    return cloud * 1.4 - 0.2;
  }

  /** Covers the canvas with one colour, lit from a side and cloudy, which it returns. */
  public static List<Rgb> calm(Canvas canvas, Dice dice) {
    Rgb colour = Palette.any(dice);
    Rgb near = Palette.near(dice, colour, 0.12);
    Noise noise = new Noise(dice);
    double grain = dice.between(0.02, 0.08);
    Paint lit = Paint.lit(dice, colour);
    canvas.cover((x, y) -> lit.at(x, y).mix(near, noise.cloud(grain * x, grain * y)));
    return List.of(colour, near);
  }

  /** Strews fragments of shapes over the canvas; their colours are returned. */
  public static List<Rgb> clutter(Canvas canvas, Dice dice, int pieces) {
    List<Rgb> colours = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      Rgb colour = Palette.any(dice);
      Pose pose =
          new Pose(
              dice.between(0, 64.0), dice.between(0, 64.0), dice.between(4, 13.0), dice.angle());
      canvas.draw(fragment(dice), pose, Paint.lit(dice, colour), 1, dice.between(0.5, 1));
      colours.add(colour);
    }
    return colours;
  }

  private static Shape fragment(Dice dice) {
    return switch (dice.below(5)) {
      case 0 -> Shapes.ellipse(dice.between(0.3, 1), dice.between(0.3, 1));
      case 1 -> Shapes.box(dice.between(0.2, 1), dice.between(0.2, 0.8));
      case 2 ->
          Shapes.ring(0.8, dice.between(0.08, 0.25)).and(Shapes.above(dice.between(-0.4, 0.4)));
      case 3 -> Shapes.line(-1.2, 0, 1.2, 0, dice.between(0.06, 0.2));
      default -> Shapes.regular(dice.between(3, 5), 0.9);
    };
  }

  /** A soft shadow. */
  public static void shadow(Canvas canvas, Dice dice, Shape shape, Pose pose) {
    Pose cast = pose.moved(dice.between(-3, 3.0), dice.between(0.5, 3.5));
    canvas.draw(shape, cast, Paint.plain(Rgb.grey(0)), 5, dice.between(0.1, 0.5));
  }
}
