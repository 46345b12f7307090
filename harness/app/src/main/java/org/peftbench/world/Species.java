package org.peftbench.world;

import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/** A class of the world. Its genes are fixed when it is made; the rest is chance. */
interface Species {

  /** Paints one of its kind. */
  void paint(Canvas canvas, Dice dice);
}
