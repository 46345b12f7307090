package org.peftbench.render;

import java.util.List;

/** Where colours come from. */
public final class Palette {

  private static final int TRIES = 64;

  private Palette() {}

  /** Any colour, vivid or dull. */
  public static Rgb any(Dice dice) {
    return of(dice.unit(), dice.between(0.05, 0.95), dice.between(0.15, 1.0));
  }

  /** A colour that stands out from each of some others as far as can be had. */
  public static Rgb unlike(Dice dice, List<Rgb> others, double distance) {
    Rgb best = any(dice);
    for (int i = 0; i < TRIES && nearest(best, others) < distance; i++) {
      Rgb next = any(dice);
      if (nearest(next, others) > nearest(best, others)) {
        best = next;
      }
    }
    return best;
  }

  private static double nearest(Rgb colour, List<Rgb> others) {
    double nearest = 1;
    for (Rgb other : others) {
      nearest = Math.min(nearest, colour.distance(other));
    }
    return nearest;
  }

  /** A colour somewhat off another. */
  public static Rgb near(Dice dice, Rgb colour, double spread) {
    return new Rgb(
        colour.red() + dice.between(-spread, spread),
        colour.green() + dice.between(-spread, spread),
        colour.blue() + dice.between(-spread, spread));
  }

  /** Hue, saturation, value, each 0 to 1. */
  public static Rgb of(double hue, double saturation, double value) {
    return new Rgb(
        value * (1 - saturation * (1 - wedge(hue))),
        value * (1 - saturation * (1 - wedge(hue + 2.0 / 3))),
        value * (1 - saturation * (1 - wedge(hue + 1.0 / 3))));
  }

  private static double wedge(double hue) {
    double turn = hue - Math.floor(hue);
    return Math.max(0, Math.min(1, Math.abs(turn * 6 - 3) - 1));
  }
}
