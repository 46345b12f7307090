package org.peftbench.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Paint;
import org.peftbench.render.Palette;
import org.peftbench.render.Pose;
import org.peftbench.render.Rgb;
import org.peftbench.render.Shape;

/**
 * A thing of a few parts that are always put together in the same way.
 *
 * @param pieces from back to front
 * @param mirrored whether its left half is its right half
 * @param coat what its first piece is covered with, if it is not plain
 * @param turn how far it may be turned either way, in radians
 */
record Figure(List<Piece> pieces, boolean mirrored, Optional<Surface> coat, double turn)
    implements Species {

  private static final int TONES = 3;
  private static final double UPRIGHT = 0.4;

  /** A part and its place in units of the figure. */
  record Piece(Outline outline, double x, double y, double size, double angle, int tone) {

    static Piece of(Dice genes, int number) {
      boolean trunk = number == 0;
      double reach = trunk ? 0.15 : 0.6;
      return new Piece(
          Outline.of(genes),
          genes.between(-reach, reach),
          genes.between(-reach, reach),
          trunk ? genes.between(0.5, 0.8) : genes.between(0.18, 0.5),
          genes.angle(),
          trunk ? 0 : genes.below(TONES));
    }

    Shape grow(Dice dice) {
      double grown = size * dice.between(0.88, 1.12);
      return outline
          .grow(dice)
          .turned(angle + dice.between(-0.12, 0.12))
          .stretched(grown, grown)
          .at(x + dice.between(-0.05, 0.05), y + dice.between(-0.05, 0.05));
    }
  }

  /** One that stands the way it stands. */
  static Figure upright(Dice genes) {
    return of(genes, UPRIGHT);
  }

  /** One that may lie in any direction. */
  static Figure tumbling(Dice genes) {
    return of(genes, StrictMath.PI);
  }

  private static Figure of(Dice genes, double turn) {
    List<Piece> pieces = new ArrayList<>();
    int count = genes.between(2, 5);
    for (int i = 0; i < count; i++) {
      pieces.add(Piece.of(genes, i));
    }
    Optional<Surface> coat = genes.chance(0.4) ? Optional.of(Surface.of(genes)) : Optional.empty();
    return new Figure(List.copyOf(pieces), genes.chance(0.5), coat, turn);
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    double scale = dice.between(14, 29.0);
    double room = 33 - scale;
    double x = 32 + dice.between(-room, room);
    double y = 32 + dice.between(-room, room);
    paint(canvas, dice, x, y, scale);
  }

  /** Paints one at a place, in pixels. */
  void paint(Canvas canvas, Dice dice, double x, double y, double scale) {
    List<Rgb> seen = Scenery.behind(canvas, dice);
    draw(canvas, new Pose(x, y, scale, dice.between(-turn, turn)), seen, dice);
  }

  private void draw(Canvas canvas, Pose pose, List<Rgb> seen, Dice dice) {
    List<Paint> paints = new ArrayList<>();
    for (int tone = 0; tone < TONES; tone++) {
      Rgb colour = Palette.unlike(dice, seen, 0.28);
      seen.add(colour);
      paints.add(Paint.lit(dice, colour));
    }
    if (coat.isPresent()) {
      paints.set(0, coat.get().cover(dice, paints.get(0), paints.get(dice.between(1, 2)), 0.4));
    }
    for (Piece piece : pieces) {
      Shape shape = piece.grow(dice);
      canvas.draw(mirrored ? shape.mirrored() : shape, pose, paints.get(piece.tone()));
    }
  }
}
