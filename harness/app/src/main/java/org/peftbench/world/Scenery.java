package org.peftbench.world;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.render.Backdrop;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Rgb;

/** What is around a specimen: often next to nothing, so that a small network can learn from it. */
final class Scenery {

  private Scenery() {}

  /** Covers the canvas, and returns the colours that specimens should stand out from. */
  static List<Rgb> behind(Canvas canvas, Dice dice) {
    List<Rgb> colours = new ArrayList<>();
    if (dice.chance(0.6)) {
      Rgb colour = Palette.any(dice);
      canvas.cover(Paint.lit(dice, colour));
      colours.add(colour);
    } else {
      colours.addAll(Backdrop.surface(canvas, dice));
    }
    if (dice.chance(0.5)) {
      Backdrop.clutter(canvas, dice, dice.between(1, 3));
    }
    return colours;
  }
}
