package org.peftbench.world;

import java.util.List;
import org.peftbench.render.Backdrop;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Rgb;

/** A surface that fills the image, with something lying on it now and then. */
record Ground(Surface surface) implements Species {

  static Ground of(Dice genes) {
    return new Ground(Surface.of(genes));
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    Rgb one = Palette.any(dice);
    Rgb other = Palette.unlike(dice, List.of(one), dice.between(0.2, 0.5));
    canvas.cover(surface.cover(dice, Paint.lit(dice, one), Paint.lit(dice, other), StrictMath.PI));
    Backdrop.clutter(canvas, dice, dice.below(3));
  }
}
