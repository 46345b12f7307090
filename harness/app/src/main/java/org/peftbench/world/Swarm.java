package org.peftbench.world;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;

/**
 * Many of one small thing, strewn in one way.
 *
 * @param member what there are many of
 * @param order how they lie: anyhow, in clumps, in rows, in a ring
 * @param few smallest number of them
 * @param many largest
 * @param size of one, in pixels
 * @param aligned whether all point the same way
 * @param motley whether each has a colour of its own
 */
record Swarm(
    Outline member, int order, int few, int many, double size, boolean aligned, boolean motley)
    implements Species {

  private static final int ORDERS = 4;

  static Swarm of(Dice genes) {
    int few = genes.between(2, 18);
    return new Swarm(
        Outline.of(genes),
        genes.below(ORDERS),
        few,
        few + 1 + few / 4,
        genes.between(2.5, 5.5) * (few < 9 ? 1.5 : 1),
        genes.chance(0.5),
        genes.chance(0.5));
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    List<Rgb> around = Scenery.behind(canvas, dice);
    Rgb colour = Palette.unlike(dice, around, 0.28);
    double common = dice.angle();
    double grown = size * dice.between(0.8, 1.3);
    for (double[] place : places(dice, dice.between(few, many))) {
      double angle = aligned ? common + dice.between(-0.2, 0.2) : dice.angle();
      Pose pose = new Pose(place[0], place[1], grown * dice.between(0.8, 1.2), angle);
      Rgb own = motley ? Palette.unlike(dice, around, 0.28) : colour;
      canvas.draw(member.grow(dice), pose, Paint.lit(dice, own));
    }
  }

  private List<double[]> places(Dice dice, int count) {
    double x = dice.between(22, 42.0);
    double y = dice.between(22, 42.0);
    double angle = dice.angle();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double spread = dice.between(14, 26.0);
    List<double[]> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double u;
      double v;
      switch (order) {
        case 0 -> {
          u = dice.between(-30, 30.0);
          v = dice.between(-30, 30.0);
        }
        case 1 -> {
          u = 0.45 * spread * dice.bell();
          v = 0.45 * spread * dice.bell();
        }
        case 2 -> {
          u = spread * (2.0 * i / Math.max(1, count - 1) - 1) + dice.bell();
          v = (i % 2 == 0 ? 4 : -4) + dice.bell();
        }
        default -> {
          double turn = 2 * StrictMath.PI * i / count;
          u = spread * 0.8 * StrictMath.cos(turn) + dice.bell();
          v = spread * 0.8 * StrictMath.sin(turn) + dice.bell();
        }
      }
      places.add(new double[] {x + cos * u - sin * v, y + sin * u + cos * v});
    }
    return places;
  }
}
