package org.peftbench.pocket;

import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/**
 * {@code pocket_motion_direction}: where a thing moves, in eighths of a turn from the right on
 * downwards. Without their order the frames tell the line but not the way along it.
 */
final class DirectionScene implements MotionScene {

  private static final int DIRECTIONS = 8;
  private static final int LINES = DIRECTIONS / 2;
  private static final int[] ACROSS = {1, 1, 0, -1};
  private static final int[] DOWN = {0, 1, 1, 1};
  private static final double STEP = (double) Canvas.SIZE / MotionTask.FRAMES;

  @Override
  public int place(int label, int begin, int t) {
    return (begin + (label < LINES ? t : MotionTask.FRAMES - t)) % MotionTask.FRAMES;
  }

  @Override
  public void paint(Canvas canvas, int label, int place, Dice dice) {
    int line = label % LINES;
    double way = STEP * place;
    Mover.before(canvas, dice, 7, 10, 0).paint(canvas, ACROSS[line] * way, DOWN[line] * way, 0);
  }
}
