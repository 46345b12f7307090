package org.peftbench.pocket;

/** What a task shows. */
interface Scene {

  /** Paints an image of a class; everything else about it comes from the dice. */
  void paint(Canvas canvas, int label, Dice dice);
}
