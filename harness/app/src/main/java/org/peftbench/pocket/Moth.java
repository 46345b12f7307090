package org.peftbench.pocket;

import org.peftbench.render.Dice;
import org.peftbench.render.Shape;
import org.peftbench.render.Shapes;

/** The species of {@code pocket_fine}: the same moth but for the marks on its fore wings. */
enum Moth {
  ONE_SPOT,
  TWO_SPOTS,
  THREE_SPOTS,
  BAND,
  EYE;

  /** Both hind wings, round or tailed. */
  static Shape hindWings(Dice dice) {
    double wide = dice.between(0.34, 0.42);
    Shape disc = Shapes.ellipse(wide, dice.between(0.38, 0.45)).at(0.38, 0.36);
    if (dice.chance(0.5)) {
      return disc.mirrored();
    }
    double reach = dice.between(1.0, 1.15);
    return disc.or(Shapes.line(0.5, 0.6, dice.between(0.5, 0.62), reach, 0.075)).mirrored();
  }

  /** Both fore wings. */
  static Shape foreWings(Dice dice) {
    double tip = dice.between(-0.8, -0.55);
    return Shapes.polygon(0, -0.3, 0.85, tip, 0.98, tip + 0.2, 0.75, 0.2, 0, 0.15)
        .grown(0.06)
        .mirrored();
  }

  /** The marks of both fore wings. */
  Shape marks(Dice dice) {
    double size = dice.between(0.12, 0.15);
    Shape spot = Shapes.circle(size);
    double slide = dice.between(-0.04, 0.04);
    Shape marks =
        switch (this) {
          case ONE_SPOT -> spot.at(0.55, -0.2);
          case TWO_SPOTS -> spot.at(0.38, -0.15).or(spot.at(0.72, -0.28));
          case THREE_SPOTS -> spot.at(0.3, -0.12).or(spot.at(0.55, -0.22)).or(spot.at(0.8, -0.32));
          case BAND -> Shapes.line(0.5, -0.5, 0.58, 0.15, size * 0.75);
          case EYE -> Shapes.ring(size * 1.6, size * 0.5).at(0.55, -0.2);
        };
    return marks.at(slide, slide).mirrored();
  }

  /** Body, head and feelers. */
  static Shape body(Dice dice) {
    double lean = dice.between(0.15, 0.4);
    return Shapes.ellipse(0.11, dice.between(0.5, 0.62))
        .at(0, 0.05)
        .or(Shapes.circle(0.13).at(0, -0.5))
        .or(Shapes.line(0.03, -0.55, lean, -0.95, 0.03).mirrored());
  }
}
