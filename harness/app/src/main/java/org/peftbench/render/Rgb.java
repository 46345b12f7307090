package org.peftbench.render;

/** A colour; black is 0, white is 1, and what is outside is cut off in the end. */
public record Rgb(double red, double green, double blue) {

  /** All three alike. */
  public static Rgb grey(double value) {
    return new Rgb(value, value, value);
  }

  /** This at 0, the other at 1. */
  public Rgb mix(Rgb other, double share) {
    return new Rgb(
        red + (other.red - red) * share,
        green + (other.green - green) * share,
        blue + (other.blue - blue) * share);
  }

  /** Brighter (above 1) or darker. */
  public Rgb times(double gain) {
    return new Rgb(red * gain, green * gain, blue * gain);
  }

  /** How unlike: between black and white it is 1. */
  public double distance(Rgb other) {
    double r = red - other.red;
    double g = green - other.green;
    double b = blue - other.blue;
    return Math.sqrt((r * r + g * g + b * b) / 3);
  }
}
