package org.peftbench.pocket;

import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/**
 * {@code pocket_motion_speed}: how fast a thing goes round along a row, 1, 3, 5 or 7 of its eight
 * places a frame. All eight are visited at each speed.
 */
final class SpeedScene implements MotionScene {

  private static final double STEP = (double) Canvas.SIZE / MotionTask.FRAMES;

  @Override
  public int place(int label, int begin, int t) {
    return (begin + (2 * label + 1) * t) % MotionTask.FRAMES;
  }

  @Override
  public void paint(Canvas canvas, int label, int place, Dice dice) {
    Mover.before(canvas, dice, 6, 9, 0).paint(canvas, STEP * place, 0, 0);
  }
}
