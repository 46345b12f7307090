package org.peftbench.pocket;

import java.util.List;
import org.peftbench.render.Camera;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Noise;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;
import org.peftbench.render.Shapes;

/** {@code pocket_scanner}: stained tissue under a microscope, and which tissue it is. */
final class ScannerScene implements Scene {

  /** The classes, in the order of their labels. */
  static final List<Tissue> CLASSES = List.of(Tissue.values());

  /** Radii of a nucleus in a unit of its pose, so that the longest fit. */
  private static final double UNIT = 4;

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    Tissue tissue = CLASSES.get(label);
    Stain stain = Stain.any(dice);
    Noise noise = new Noise(dice);
    double grain = dice.between(0.05, 0.18);
    canvas.cover((x, y) -> stain.ground().mix(stain.fibre(), noise.cloud(x * grain, y * grain)));
    List<Tissue.Nucleus> nuclei = tissue.nuclei(dice);
    double focus = dice.between(1, 2.2);
    Paint ground = Paint.plain(stain.ground().mix(stain.fibre(), 0.4));
    for (Tissue.Nucleus nucleus : nuclei) {
      Paint dye = Paint.lit(dice, Palette.near(dice, stain.nucleus(), 0.05));
      double high = dice.between(0.85, 1) / UNIT;
      double wide = nucleus.stretch() / UNIT;
      Pose pose = new Pose(nucleus.x(), nucleus.y(), UNIT * nucleus.radius(), nucleus.angle());
      canvas.draw(Shapes.ellipse(wide, high), pose, dye, focus, dice.between(0.65, 1));
      if (tissue == Tissue.HOLLOW) {
        canvas.draw(Shapes.ellipse(wide / 2, high / 2), pose, ground, focus, 0.85);
      }
    }
    scan(canvas, dice);
  }

  /** Uneven light, lines of the scanner, noise. */
  private static void scan(Canvas canvas, Dice dice) {
    Camera.light(canvas, dice);
    double lines = dice.between(0, 0.06);
    canvas.change((old, x, y) -> old.times(1 + lines * ((long) y % 2 == 0 ? 1 : -1)));
    Camera.grain(canvas, dice, dice.between(0.01, 0.06));
  }

  /** The colours of a preparation. */
  private record Stain(Rgb ground, Rgb fibre, Rgb nucleus) {

    static Stain any(Dice dice) {
      double light = dice.between(0.6, 0.95);
      double dark = dice.between(0.1, 0.4);
      double dye = dice.between(0.3, 0.7);
      return switch (dice.below(4)) {
        case 0 -> of(dice, Rgb.grey(light), Rgb.grey(light - 0.2), Rgb.grey(dark));
        case 1 -> of(dice, Rgb.grey(dark), Rgb.grey(dark + 0.15), Rgb.grey(light));
        case 2 -> // pink and violet
            of(
                dice,
                Palette.of(dice.between(0.9, 1.0), dye * 0.4, light),
                Palette.of(dice.between(0.85, 0.98), dye * 0.8, light * 0.9),
                Palette.of(dice.between(0.65, 0.8), dye, dark + 0.2));
        default -> { // glowing in the dark
          double hue = dice.unit();
          yield of(
              dice,
              Palette.of(hue, dye, dark * 0.6),
              Palette.of(hue, dye, dark),
              Palette.of(hue + dice.between(-0.1, 0.1), dye, light));
        }
      };
    }

    private static Stain of(Dice dice, Rgb ground, Rgb fibre, Rgb nucleus) {
      return new Stain(ground, ground.mix(fibre, dice.between(0.2, 1.2)), nucleus);
    }
  }
}
