package org.peftbench.pocket;

import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/** {@code pocket_motion_turn}: which way round a thing turns, an eighth of a turn a frame. */
final class TurnScene implements MotionScene {

  @Override
  public int place(int label, int begin, int t) {
    return (begin + (label == 0 ? t : MotionTask.FRAMES - t)) % MotionTask.FRAMES;
  }

  @Override
  public void paint(Canvas canvas, int label, int place, Dice dice) {
    double angle = 2 * StrictMath.PI * place / MotionTask.FRAMES;
    Mover.before(canvas, dice, 12, 18, 18).paint(canvas, 0, 0, angle);
  }
}
