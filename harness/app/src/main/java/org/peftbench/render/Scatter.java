package org.peftbench.render;

import java.util.ArrayList;
import java.util.List;

/**
 * How things are strewn over the canvas so that they keep clear of each other; they get smaller
 * when there is no room.
 *
 * @param smallest radius, in shares of the usual one
 * @param largest radius, in shares of the usual one
 * @param gap between two, in pixels
 * @param tries after which radii shrink
 */
public record Scatter(double smallest, double largest, double gap, int tries) {

  /** Places for so many things of a usual radius in pixels. */
  public List<Pose> places(Dice dice, int count, double usual) {
    List<Pose> poses = new ArrayList<>();
    for (int tried = 0; poses.size() < count; tried++) {
      double shrunk = Math.min(1, (double) tries / (tried + 1));
      double radius = usual * dice.between(smallest, largest) * shrunk;
      double x = dice.between(radius, Canvas.SIZE - radius);
      double y = dice.between(radius, Canvas.SIZE - radius);
      Pose pose = new Pose(x, y, radius, dice.angle());
      if (poses.stream().allMatch(other -> clear(pose, other))) {
        poses.add(pose);
      }
    }
    return poses;
  }

  private boolean clear(Pose a, Pose b) {
    double dx = a.x() - b.x();
    double dy = a.y() - b.y();
    double least = a.scale() + b.scale() + gap;
    return dx * dx + dy * dy > least * least;
  }
}
