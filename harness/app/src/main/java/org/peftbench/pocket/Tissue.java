package org.peftbench.pocket;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;

/** The classes of {@code pocket_scanner}: how a tissue's nuclei look and lie together. */
enum Tissue {
  /** Round nuclei strewn evenly. */
  SCATTERED,
  /** Round nuclei in two or three clumps. */
  CLUMPED,
  /** Long nuclei that follow one direction. */
  SPINDLE,
  /** Round nuclei in rings around a hollow. */
  GLANDS,
  /** Round nuclei in rows. */
  ROWS,
  /** Nuclei that come in dividing pairs. */
  PAIRED,
  /** Round nuclei of very unlike sizes. */
  UNEVEN,
  /** Nuclei with a pale middle. */
  HOLLOW;

  private static final double SIZE = Canvas.SIZE;

  /** In a dense tissue some nuclei overlap in the end. */
  private static final int TRIES = 24;

  /**
   * A nucleus, in pixels.
   *
   * @param stretch how much longer than wide
   */
  record Nucleus(double x, double y, double radius, double stretch, double angle) {}

  /** Nuclei for a whole image: as many, and about as large in all, whatever the tissue. */
  List<Nucleus> nuclei(Dice dice) {
    int count = dice.between(16, 30);
    double radius = dice.between(2.3, 3.6);
    double grain = dice.angle();
    List<Nucleus> nuclei = new ArrayList<>();
    List<Nucleus> homes = homes(dice);
    for (int i = 0; nuclei.size() < count; i++) {
      Nucleus home = homes.get(i % homes.size());
      Nucleus nucleus = place(dice, home, grain, radius);
      for (int tries = 0; tries < TRIES && crowded(nucleus, nuclei); tries++) {
        nucleus = place(dice, home, grain, radius);
      }
      nuclei.add(nucleus);
      if (this == PAIRED) {
        nuclei.add(twin(nucleus, radius * dice.between(1.5, 1.9)));
      }
    }
    return nuclei;
  }

  /** The middles of clumps and hollows. */
  private static List<Nucleus> homes(Dice dice) {
    List<Nucleus> homes = new ArrayList<>();
    int count = dice.between(2, 3);
    for (int tries = 0; homes.size() < count; tries++) {
      Nucleus home =
          new Nucleus(dice.between(12, 52.0), dice.between(12, 52.0), dice.between(8, 11.0), 1, 0);
      if (tries > 40 || homes.stream().allMatch(other -> apart(home, other) > 24)) {
        homes.add(home);
      }
    }
    return homes;
  }

  private Nucleus place(Dice dice, Nucleus home, double grain, double radius) {
    double x = dice.between(0, SIZE);
    double y = dice.between(0, SIZE);
    double size = radius * dice.between(0.85, 1.15);
    double turn = dice.angle();
    return switch (this) {
      case SCATTERED -> new Nucleus(x, y, size, dice.between(1, 1.3), turn);
      case HOLLOW -> new Nucleus(x, y, size * 1.2, dice.between(1, 1.3), turn);
      case PAIRED -> new Nucleus(x, y, size * 1.12, 0.75, turn);
      case UNEVEN ->
          new Nucleus(x, y, radius * (dice.chance(0.3) ? 1.9 : 0.6), dice.between(1, 1.3), turn);
      case SPINDLE ->
          new Nucleus(x, y, size * 0.62, dice.between(2.4, 3.4), grain + 0.2 * dice.bell());
      case CLUMPED ->
          around(home, home.radius() * Math.sqrt(dice.unit()) * 1.05, turn, size, dice.angle());
      case GLANDS -> around(home, home.radius() * dice.between(0.95, 1.1), turn, size, turn);
      case ROWS -> row(dice, grain, size, x - 32, y - 32);
    };
  }

  private static Nucleus twin(Nucleus of, double gap) {
    double x = of.x() + gap * StrictMath.cos(of.angle());
    double y = of.y() + gap * StrictMath.sin(of.angle());
    return new Nucleus(x, y, of.radius(), of.stretch(), of.angle());
  }

  private static Nucleus around(Nucleus home, double far, double way, double size, double turn) {
    return new Nucleus(
        home.x() + far * StrictMath.cos(way),
        home.y() + far * StrictMath.sin(way),
        size,
        1.15,
        turn);
  }

  /**
   * Moves a place, given from the middle, onto the nearest of the rows that run along the grain.
   */
  private static Nucleus row(Dice dice, double grain, double size, double x, double y) {
    double cos = StrictMath.cos(grain);
    double sin = StrictMath.sin(grain);
    double along = 1.3 * (cos * x + sin * y);
    double spacing = 17;
    double line = Math.floor((cos * y - sin * x) / spacing + 0.5) * spacing + 0.7 * dice.bell();
    return new Nucleus(
        32 + cos * along - sin * line, 32 + sin * along + cos * line, size, 1.2, grain);
  }

  private static boolean crowded(Nucleus nucleus, List<Nucleus> others) {
    return nucleus.x() < 0
        || nucleus.y() < 0
        || nucleus.x() > SIZE
        || nucleus.y() > SIZE
        || others.stream()
            .anyMatch(other -> apart(nucleus, other) < 1.05 * (nucleus.radius() + other.radius()));
  }

  private static double apart(Nucleus a, Nucleus b) {
    double dx = a.x() - b.x();
    double dy = a.y() - b.y();
    return Math.sqrt(dx * dx + dy * dy);
  }
}
