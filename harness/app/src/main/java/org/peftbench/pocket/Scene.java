package org.peftbench.pocket;

import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/** What a task shows. */
interface Scene {

  /** Paints an image of a class; everything else about it comes from the dice. */
  void paint(Canvas canvas, int label, Dice dice);
}
