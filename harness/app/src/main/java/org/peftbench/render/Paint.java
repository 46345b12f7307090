package org.peftbench.render;

/** A colour for each point; coordinates are the canvas's pixels. */
public interface Paint {

  Rgb at(double x, double y);

  static Paint plain(Rgb colour) {
    return (x, y) -> colour;
  }

  /** Brighter on one side and a little mottled, as lit things are. */
  static Paint lit(Dice dice, Rgb colour) {
    double angle = dice.angle();
    double slope = dice.between(0.0, 0.014);
    double across = slope * StrictMath.cos(angle);
    double down = slope * StrictMath.sin(angle);
    double mottle = dice.between(0.0, 0.3);
    double grain = dice.between(0.12, 0.4);
    Noise noise = new Noise(dice);
    return (x, y) -> {
      double gain = 1 + across * (x - 32) + down * (y - 32);
      return colour.times(gain + mottle * (noise.at(x * grain, y * grain) - 0.5));
    };
  }
}
