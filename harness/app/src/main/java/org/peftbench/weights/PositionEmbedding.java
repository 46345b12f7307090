package org.peftbench.weights;

/**
 * Position embeddings for another grid of patches: antialiased bicubic (a = -0.5), as timm's {@code
 * resample_abs_pos_embed}.
 */
final class PositionEmbedding {

  private static final double A = -0.5;

  private PositionEmbedding() {}

  /** Puts the zero vector in front, for files that give the class token no position. */
  static float[] withClassToken(float[] patches, int width) {
    float[] tokens = new float[patches.length + width];
    System.arraycopy(patches, 0, tokens, width, patches.length);
    return tokens;
  }

  /**
   * Resamples (1 + from * from, D) to (1 + to * to, D); the class token keeps its position.
   *
   * @param tokens class token first, then patches row by row
   */
  static float[] resample(float[] tokens, int from, int to) {
    int width = tokens.length / (from * from + 1);
    double[][] weights = weights(from, to);
    double[] rows = new double[to * from * width];
    for (int y = 0; y < to; y++) {
      for (int k = 0; k < from; k++) {
        for (int i = 0; i < from * width && weights[y][k] != 0; i++) {
          rows[y * from * width + i] += weights[y][k] * tokens[(1 + k * from) * width + i];
        }
      }
    }
    float[] result = new float[(1 + to * to) * width];
    System.arraycopy(tokens, 0, result, 0, width);
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        for (int d = 0; d < width; d++) {
          double sum = 0;
          for (int k = 0; k < from; k++) {
            sum += weights[x][k] * rows[(y * from + k) * width + d];
          }
          result[(1 + y * to + x) * width + d] = (float) sum;
        }
      }
    }
    return result;
  }

  /** How much each source place counts for each target place; each row sums to one. */
  private static double[][] weights(int from, int to) {
    double scale = (double) from / to;
    double stretch = Math.max(scale, 1);
    double[][] weights = new double[to][from];
    for (int i = 0; i < to; i++) {
      double center = scale * (i + 0.5);
      int begin = Math.max((int) (center - 2 * stretch + 0.5), 0);
      int end = Math.min((int) (center + 2 * stretch + 0.5), from);
      double sum = 0;
      for (int k = begin; k < end; k++) {
        weights[i][k] = cubic((k - center + 0.5) / stretch);
        sum += weights[i][k];
      }
      for (int k = begin; k < end; k++) {
        weights[i][k] /= sum;
      }
    }
    return weights;
  }

  private static double cubic(double distance) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((A + 2) * x - (A + 3)) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
  }
}
