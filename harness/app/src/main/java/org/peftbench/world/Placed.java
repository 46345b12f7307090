package org.peftbench.world;

import java.util.List;
import java.util.stream.IntStream;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/**
 * A figure that lives in one quarter of the image: its kin elsewhere are other species.
 *
 * @param quarter row by row, from 0
 */
record Placed(Figure figure, int quarter) implements Species {

  private static final int QUARTERS = 4;

  static List<Placed> everywhere(Dice genes) {
    Figure figure = Figure.upright(genes);
    return IntStream.range(0, QUARTERS).mapToObj(i -> new Placed(figure, i)).toList();
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    double x = 32 * (quarter % 2) + dice.between(7, 25.0);
    double y = 32 * (quarter / 2) + dice.between(7, 25.0);
    figure.paint(canvas, dice, x, y, dice.between(8, 14.0));
  }
}
