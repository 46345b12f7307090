package org.peftbench.pocket;

import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/** What a task of clips shows. */
interface MotionScene {

  /**
   * Which picture a frame shows, from 0 to 7.
   *
   * @param begin where the clip begins, drawn from 0 to 7
   * @param t the frame, from 0 to 7
   */
  int place(int label, int begin, int t);

  /** Paints a picture; everything about it but its place comes from the dice. */
  void paint(Canvas canvas, int label, int place, Dice dice);
}
