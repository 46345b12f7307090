package org.peftbench.render;

/** What comes between a scene and its image: light, exposure, colour cast, noise. */
public final class Camera {

  private Camera() {}

  public static void shoot(Canvas canvas, Dice dice) {
    light(canvas, dice);
    double contrast = dice.between(0.65, 1.15);
    double offset = 0.5 + dice.between(-0.12, 0.12) - 0.5 * contrast;
    double red = dice.between(0.85, 1.15);
    double green = dice.between(0.85, 1.15);
    double blue = dice.between(0.85, 1.15);
    canvas.change(
        (old, x, y) ->
            new Rgb(
                (old.red() * contrast + offset) * red,
                (old.green() * contrast + offset) * green,
                (old.blue() * contrast + offset) * blue));
    grain(canvas, dice, dice.between(0.005, 0.05));
  }

  /** Light from one side. */
  public static void light(Canvas canvas, Dice dice) {
    double angle = dice.angle();
    double slope = dice.between(0, 0.012);
    double across = slope * StrictMath.cos(angle);
    double down = slope * StrictMath.sin(angle);
    canvas.change((old, x, y) -> old.times(1 + across * (x - 32) + down * (y - 32)));
  }

  /** Noise of the sensor. */
  public static void grain(Canvas canvas, Dice dice, double deviation) {
    canvas.change(
        (old, x, y) ->
            new Rgb(
                old.red() + deviation * dice.bell(),
                old.green() + deviation * dice.bell(),
                old.blue() + deviation * dice.bell()));
  }
}
