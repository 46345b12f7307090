package org.peftbench.pocket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.peftbench.render.Backdrop;
import org.peftbench.render.Camera;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;

/**
 * {@code pocket_distance}: things that are all of one size float at different distances, and how
 * near the nearest is.
 */
final class DistanceScene implements Scene {

  /** Label 0 is the farthest. */
  static final int STEPS = 5;

  /** Radius of a thing at the farthest step, in pixels, and what a step nearer makes of it. */
  private static final double SMALLEST = 4.2;

  private static final double STEP = 1.4;

  /** Distances keep away from the borders between steps, in steps. */
  private static final double JITTER = 0.3;

  private static final int TRIES = 50;

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    List<Rgb> around = Backdrop.calm(canvas, dice);
    CountScene.strokes(canvas, dice, dice.between(0, 2));
    double nearest = SMALLEST * StrictMath.pow(STEP, label + dice.between(-JITTER, JITTER));
    for (Pose pose : floating(dice, nearest)) {
      CountScene.put(canvas, dice, pose, around);
    }
    Camera.shoot(canvas, dice);
  }

  /** Places, the farthest first; radii tell how near. */
  private static List<Pose> floating(Dice dice, double nearest) {
    List<Pose> poses = new ArrayList<>();
    poses.add(place(dice, nearest));
    int others = dice.between(1, 4);
    for (int tries = 0; poses.size() <= others && tries < TRIES; tries++) {
      Pose pose = place(dice, Math.max(2, nearest * dice.between(0.35, 0.72)));
      if (poses.stream().allMatch(other -> inView(pose, other))) {
        poses.add(pose);
      }
    }
    poses.sort(Comparator.comparingDouble(Pose::scale));
    return poses;
  }

  private static Pose place(Dice dice, double radius) {
    double edge = 0.7 * radius;
    double x = dice.between(edge, Canvas.SIZE - edge);
    return new Pose(x, dice.between(edge, Canvas.SIZE - edge), radius, dice.angle());
  }

  /** Things may float before others, but hide no more than an edge of them. */
  private static boolean inView(Pose a, Pose b) {
    double dx = a.x() - b.x();
    double dy = a.y() - b.y();
    return Math.sqrt(dx * dx + dy * dy) > 0.85 * (a.scale() + b.scale());
  }
}
