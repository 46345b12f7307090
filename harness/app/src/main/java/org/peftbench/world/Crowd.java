package org.peftbench.world;

import java.util.List;
import java.util.stream.Stream;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;
import org.peftbench.render.Scatter;

/**
 * So many of one small thing, apart from each other: more or fewer are another species.
 *
 * @param count how many
 */
record Crowd(Outline member, int count) implements Species {

  private static final Scatter SCATTER = new Scatter(0.8, 1.25, 1, 200);

  static List<Crowd> ofEverySize(Dice genes) {
    Outline member = Outline.of(genes);
    return Stream.of(1, 2, 4, 7).map(count -> new Crowd(member, count)).toList();
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    List<Rgb> around = Scenery.behind(canvas, dice);
    boolean motley = dice.chance(0.5);
    Rgb colour = Palette.unlike(dice, around, 0.3);
    for (Pose pose : SCATTER.places(dice, count, dice.between(4.5, 8.0))) {
      Rgb own = motley ? Palette.unlike(dice, around, 0.3) : colour;
      canvas.draw(member.grow(dice), pose, Paint.lit(dice, own));
    }
  }
}
