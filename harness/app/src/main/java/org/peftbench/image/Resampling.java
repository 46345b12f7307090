package org.peftbench.image;

/**
 * The weights that turn a line of samples into a longer or shorter one.
 *
 * <p>Computed as in Pillow's {@code Resample.c}, which torch's {@code F.interpolate(antialias=True,
 * align_corners=False)} follows too: the kernel is stretched by the ratio when shrinking, cut off
 * at the borders, and the weights of each output sample are normalised to sum 1.
 */
public final class Resampling {

  private final int stride;
  private final int[] first;
  private final int[] count;
  private final double[] weights;

  private Resampling(int stride, int to) {
    this.stride = stride;
    this.first = new int[to];
    this.count = new int[to];
    this.weights = new double[stride * to];
  }

  /** The weights for lines of {@code from} samples that become lines of {@code to} samples. */
  static Resampling of(int from, int to, Interpolation interpolation) {
    if (from <= 0 || to <= 0) {
      throw new IllegalArgumentException("cannot resample " + from + " samples to " + to);
    }
    double scale = (double) from / to;
    double stretch = Math.max(scale, 1.0);
    double support = interpolation.support() * stretch;
    Resampling result = new Resampling((int) Math.ceil(support) * 2 + 1, to);
    for (int i = 0; i < to; i++) {
      double centre = (i + 0.5) * scale;
      int start = Math.max((int) (centre - support + 0.5), 0);
      int end = Math.min((int) (centre + support + 0.5), from);
      result.first[i] = start;
      result.count[i] = end - start;
      result.fill(i, interpolation, centre, stretch);
    }
    return result;
  }

  private void fill(int output, Interpolation interpolation, double centre, double stretch) {
    int base = output * stride;
    double perSample = 1.0 / stretch;
    double sum = 0;
    for (int tap = 0; tap < count[output]; tap++) {
      double weight = interpolation.weight((first[output] + tap - centre + 0.5) * perSample);
      weights[base + tap] = weight;
      sum += weight;
    }
    for (int tap = 0; tap < count[output] && sum != 0; tap++) {
      weights[base + tap] /= sum;
    }
  }

  /** Index of the first input sample that an output sample is made of. */
  int first(int output) {
    return first[output];
  }

  /** How many input samples an output sample is made of. */
  int count(int output) {
    return count[output];
  }

  /** How many input samples an output sample is made of at most. */
  int mostSamples() {
    return stride;
  }

  /** Where the weights of an output sample start in {@link #fixedPoint}. */
  int base(int output) {
    return output * stride;
  }

  /** All weights times 2^bits, rounded half away from zero as Pillow does. */
  int[] fixedPoint(int bits) {
    int[] fixed = new int[weights.length];
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = (int) (weights[i] * (1 << bits) + (weights[i] < 0 ? -0.5 : 0.5));
    }
    return fixed;
  }

  /**
   * Resamples a square grid of vectors, such as position embeddings; equals torch's {@code
   * F.interpolate} with {@code antialias=True} and {@code align_corners=False}.
   *
   * @param gridHWC (fromSide, fromSide, channels), row by row
   * @return (toSide, toSide, channels), row by row
   */
  public static float[] resample(
      float[] gridHWC, int fromSide, int toSide, int channels, Interpolation interpolation) {
    if (gridHWC.length != (long) fromSide * fromSide * channels) {
      throw new IllegalArgumentException(
          gridHWC.length + " values are not a grid " + fromSide + "x" + fromSide + "x" + channels);
    }
    Resampling lines = of(fromSide, toSide, interpolation);
    double[] input = new double[gridHWC.length];
    for (int i = 0; i < input.length; i++) {
      input[i] = gridHWC[i];
    }
    // Each pass resamples the second axis and swaps the first two, so that two make the square.
    double[] narrowed = lines.alongSecondAxis(input, fromSide, channels);
    double[] output = lines.alongSecondAxis(narrowed, toSide, channels);
    float[] result = new float[output.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) output[i];
    }
    return result;
  }

  /** From (rows, n, channels) to (to, rows, channels). */
  private double[] alongSecondAxis(double[] input, int rows, int channels) {
    int from = input.length / rows / channels;
    double[] output = new double[first.length * rows * channels];
    for (int i = 0; i < first.length; i++) {
      for (int row = 0; row < rows; row++) {
        int target = (i * rows + row) * channels;
        for (int tap = 0; tap < count[i]; tap++) {
          double weight = weights[i * stride + tap];
          int source = (row * from + first[i] + tap) * channels;
          for (int c = 0; c < channels; c++) {
            output[target + c] += weight * input[source + c];
          }
        }
      }
    }
    return output;
  }
}
