package org.peftbench.pocket;

import org.peftbench.render.Dice;
import org.peftbench.render.Noise;

/** The families of {@code pocket_textures}; one period is one unit. */
enum Texture {
  STRIPES {
    @Override
    double at(double x, double y, Style style) {
      return style.edge(style.fill() / 2 - fromWhole(x));
    }
  },
  ZIGZAG {
    @Override
    double at(double x, double y, Style style) {
      return style.edge(style.fill() / 2 - fromWhole(x + 1.2 * fromWhole(y * 0.6)));
    }
  },
  CHECKS {
    @Override
    double at(double x, double y, Style style) {
      double u = fromWhole(x) - 0.25;
      double v = fromWhole(y) - 0.25;
      return style.edge(
          u * v > 0 ? Math.min(Math.abs(u), Math.abs(v)) : -Math.min(Math.abs(u), Math.abs(v)));
    }
  },
  DOTS {
    @Override
    double at(double x, double y, Style style) {
      double u = fromWhole(x + 0.5 * Math.floor(y + 0.5));
      double v = fromWhole(y);
      return style.edge(0.18 + 0.4 * style.fill() * 0.5 - Math.sqrt(u * u + v * v));
    }
  },
  BRICKS {
    @Override
    double at(double x, double y, Style style) {
      double row = Math.floor(y * 1.2);
      double u = x * 0.6 + 0.5 * row;
      double joint = Math.min(fromWhole(u) / 0.6, fromWhole(y * 1.2) / 1.2);
      double tint = 0.35 * Dice.unit(style.noise().key((long) Math.floor(u), (long) row));
      return style.edge(joint - 0.08) * (1 - tint);
    }
  },
  CELLS {
    @Override
    double at(double x, double y, Style style) {
      Noise.Cell cell = style.noise().cell(x, y);
      double tint = 0.35 * Dice.unit(Dice.mix(cell.key()));
      return style.edge(cell.second() - cell.nearest() - 0.12) * (1 - tint);
    }
  },
  WOOD {
    @Override
    double at(double x, double y, Style style) {
      double ring = style.noise().at(x * 0.35, y * 0.07) * 6 + x * 0.4;
      return 2 * fromWhole(ring) * (0.7 + 0.3 * style.noise().at(x * 4, y * 0.4));
    }
  },
  CLOUDS {
    @Override
    double at(double x, double y, Style style) {
      return style.noise().cloud(x * 0.8, y * 0.8) * 1.8 - 0.4;
    }
  },
  WEAVE {
    @Override
    double at(double x, double y, Style style) {
      boolean over = ((long) Math.floor(x) + (long) Math.floor(y)) % 2 == 0;
      double across = 0.5 - fromWhole(over ? x : y);
      double along = 0.5 - fromWhole(over ? y : x);
      double thread = style.edge(0.4 - across) * (1 - 1.1 * across * across);
      return thread * (1 - 1.6 * along * along) * (over ? 1 : 0.75);
    }
  },
  FLECKS {
    @Override
    double at(double x, double y, Style style) {
      double nearest = 1;
      long column = (long) Math.floor(x);
      long row = (long) Math.floor(y);
      for (long r = row - 1; r <= row + 1; r++) {
        for (long c = column - 1; c <= column + 1; c++) {
          nearest = Math.min(nearest, fleck(style.noise().key(c, r), x - c, y - r));
        }
      }
      return style.edge(0.1 - nearest);
    }
  };

  /**
   * What two textures of a family differ in.
   *
   * @param fill share of the first colour, where there is one, 0 to 1
   * @param pixel size of a pixel, in periods
   */
  record Style(Noise noise, double fill, double pixel) {

    /** 1 well inside, 0 well outside, and in between over a pixel. */
    double edge(double inside) {
      return Math.max(0, Math.min(1, 0.5 + inside / pixel));
    }
  }

  /** How much of the second colour is at a point: 0 to 1, or a little beyond. */
  abstract double at(double x, double y, Style style);

  private static double fromWhole(double value) {
    return Math.abs(value - Math.floor(value + 0.5));
  }

  private static double fleck(long key, double x, double y) {
    double cx = Dice.unit(key);
    double cy = Dice.unit(Dice.mix(key));
    double dx = Dice.unit(Dice.mix(key + 1)) - 0.5;
    double dy = Dice.unit(Dice.mix(key + 2)) - 0.5;
    double half = 0.38 / (Math.sqrt(dx * dx + dy * dy) + 1e-9);
    double along = ((x - cx) * dx + (y - cy) * dy) / (dx * dx + dy * dy + 1e-9);
    double t = Math.max(-half, Math.min(half, along));
    double ox = x - cx - t * dx;
    double oy = y - cy - t * dy;
    return Math.sqrt(ox * ox + oy * oy);
  }
}
