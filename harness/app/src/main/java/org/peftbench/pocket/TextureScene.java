package org.peftbench.pocket;

import java.util.List;
import org.peftbench.render.Camera;
import org.peftbench.render.Canvas;
import org.peftbench.render.Dice;
import org.peftbench.render.Noise;
import org.peftbench.render.Palette;
import org.peftbench.render.Rgb;

/**
 * {@code pocket_textures}: a surface close up, and which family its texture is of. A fainter one of
 * any family lies over it.
 */
final class TextureScene implements Scene {

  /** The classes, in the order of their labels. */
  static final List<Texture> CLASSES = List.of(Texture.values());

  @Override
  public void paint(Canvas canvas, int label, Dice dice) {
    Layer texture = Layer.of(CLASSES.get(label), dice);
    Layer veil = Layer.of(CLASSES.get(dice.below(CLASSES.size())), dice);
    double strength = dice.between(0, 0.25);
    Rgb first = Palette.any(dice);
    Rgb second = Palette.unlike(dice, List.of(first), dice.between(0.3, 0.6));
    Noise wobble = new Noise(dice);
    double warp = dice.between(0, 3.0);
    double stain = dice.between(0, 0.5);
    canvas.cover(
        (x, y) -> {
          double wx = x + warp * wobble.at(x * 0.06, y * 0.06);
          double wy = y + warp * wobble.at(x * 0.06 + 50, y * 0.06);
          double share = texture.at(wx, wy) + strength * (veil.at(wx, wy) - 0.5);
          double gain = 1 + stain * (wobble.at(x * 0.1 + 9, y * 0.1) - 0.5);
          return first.mix(second, share).times(gain);
        });
    Camera.shoot(canvas, dice);
  }

  /** A texture at a scale, turned: the two rows of the matrix from pixels to periods. */
  private record Layer(
      Texture texture, Texture.Style style, double xx, double xy, double yx, double yy) {

    static Layer of(Texture texture, Dice dice) {
      double period = dice.between(8, 16.0);
      double squeeze = dice.between(0.75, 1.3);
      double angle = dice.angle();
      double cos = StrictMath.cos(angle) / period;
      double sin = StrictMath.sin(angle) / period;
      Texture.Style style =
          new Texture.Style(new Noise(dice), dice.between(0.3, 0.7), 1.2 / period);
      return new Layer(texture, style, cos * squeeze, sin * squeeze, -sin, cos);
    }

    double at(double x, double y) {
      return texture.at(xx * x + xy * y, yx * x + yy * y, style);
    }
  }
}
