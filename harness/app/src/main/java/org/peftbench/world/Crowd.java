package org.peftbench.world;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;

/**
 * So many of one small thing, apart from each other: more or fewer are another species.
 *
 * @param count how many
 */
record Crowd(Outline member, int count) implements Species {

  private static final int TRIES = 200;

  static List<Crowd> ofEverySize(Dice genes) {
    Outline member = Outline.of(genes);
    return Stream.of(1, 2, 4, 7).map(count -> new Crowd(member, count)).toList();
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    List<Rgb> around = Scenery.behind(canvas, dice);
    boolean motley = dice.chance(0.5);
    Rgb colour = Palette.unlike(dice, around, 0.3);
    for (Pose pose : places(dice, dice.between(4.5, 8.0))) {
      Rgb own = motley ? Palette.unlike(dice, around, 0.3) : colour;
      canvas.draw(member.grow(dice), pose, Paint.lit(dice, own));
    }
  }

  /** Places that keep clear of each other; things get smaller when there is no room. */
  private List<Pose> places(Dice dice, double usual) {
    List<Pose> poses = new ArrayList<>();
    for (int tries = 0; poses.size() < count; tries++) {
      double size = usual * dice.between(0.8, 1.25) * Math.min(1, (double) TRIES / (tries + 1));
      Pose pose =
          new Pose(
              dice.between(size, 64 - size), dice.between(size, 64 - size), size, dice.angle());
      if (poses.stream().allMatch(other -> clear(pose, other))) {
        poses.add(pose);
      }
    }
    return poses;
  }

  private static boolean clear(Pose a, Pose b) {
    double dx = a.x() - b.x();
    double dy = a.y() - b.y();
    double least = a.scale() + b.scale() + 1;
    return dx * dx + dy * dy > least * least;
  }
}
