package org.peftbench.pocket;

/** A colour; black is 0, white is 1, and what is outside is cut off in the end. */
record Rgb(double red, double green, double blue) {

  /** All three alike. */
  static Rgb grey(double value) {
    return new Rgb(value, value, value);
  }

  /** This at 0, the other at 1. */
  Rgb mix(Rgb other, double share) {
    return new Rgb(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  /** Brighter (above 1) or darker. */
  Rgb times(double gain) {
    return new Rgb(red * gain, green * gain, blue * gain);
  }

  /** How unlike: between black and white it is 1. */
  double distance(Rgb other) {
    double r = red - other.red;
    double g = green - other.green;
    double b = blue - other.blue;
    return Math.sqrt((r * r + g * g + b * b) / 3);
  }
}
