package org.peftbench.image;

/** The kernel of a resize; stretched when shrinking, so that the result is antialiased. */
public enum Interpolation {
  /** Keys' cubic with a = -0.5, as in Pillow. */
  BICUBIC("bicubic", 2.0) {
    @Override
    double weight(double x) {
      double d = Math.abs(x);
      if (d < 1.0) {
        return ((A + 2.0) * d - (A + 3.0)) * d * d + 1.0;
      }
      return d < 2.0 ? (((d - 5.0) * d + 8.0) * d - 4.0) * A : 0.0;
    }
  },
  /** A triangle. */
  BILINEAR("bilinear", 1.0) {
    @Override
    double weight(double x) {
      double d = Math.abs(x);
      return d < 1.0 ? 1.0 - d : 0.0;
    }
  };

  private static final double A = -0.5;

  private final String word;
  private final double support;

  Interpolation(String word, double support) {
    this.word = word;
    this.support = support;
  }

  /** The kernel is zero at this distance from its centre, and beyond. */
  double support() {
    return support;
  }

  /** The kernel's value at a distance. */
  abstract double weight(double x);

  /** {@code bicubic} or {@code bilinear}. */
  @Override
  public String toString() {
    return word;
  }
}
