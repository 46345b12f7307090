package org.peftbench.layers;

import java.math.BigInteger;
import org.peftbench.model.ViTConfig;

/** The sizes of a transformer that runs beside a backbone and is narrower by a factor. */
public final class NarrowSizes {

  private NarrowSizes() {}

  /**
   * Derives the sizes: width D/r; the MLP's width divided by r too, rounded up; as many heads as
   * the backbone has, or the largest number of them that divides both its heads and the width.
   *
   * @param reduction r
   * @throws IllegalArgumentException if r does not divide D
   */
  public static ViTConfig of(ViTConfig backbone, int reduction) {
    if (backbone.width() % reduction != 0) {
      throw new IllegalArgumentException(
          "reduction " + reduction + " does not divide the width " + backbone.width());
    }
    int width = backbone.width() / reduction;
    int heads = BigInteger.valueOf(backbone.heads()).gcd(BigInteger.valueOf(width)).intValue();
    return new ViTConfig(
        backbone.imageSize(),
        backbone.patchSize(),
        backbone.channels(),
        width,
        backbone.depth(),
        heads,
        (backbone.mlpWidth() + reduction - 1) / reduction,
        backbone.layerNormEps(),
        backbone.pooling());
  }

  /** Counts the values of one transformer block: 4 w^2 + 2 w h + 9 w + h for an MLP of width h. */
  public static long blockValues(ViTConfig narrow) {
    long width = narrow.width();
    long hidden = narrow.mlpWidth();
    return 4 * width * width + 2 * width * hidden + 9 * width + hidden;
  }
}
