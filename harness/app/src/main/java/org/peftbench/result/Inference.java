package org.peftbench.result;

/**
 * Inference with the trained network beside the plain backbone, which took turns; medians of the
 * rounds.
 *
 * @param batch images a batch
 * @param batchSeconds forward of a batch
 * @param plainBatchSeconds the plain backbone's
 * @param imageSeconds forward of a single image
 * @param plainImageSeconds the plain backbone's
 * @param flops what is computed
 */
public record Inference(
    int batch,
    double batchSeconds,
    double plainBatchSeconds,
    double imageSeconds,
    double plainImageSeconds,
    Flops flops) {

  /** Checks that something took some time. */
  public Inference {
    if (batch < 1
        || !(batchSeconds > 0 && plainBatchSeconds > 0)
        || !(imageSeconds > 0 && plainImageSeconds > 0)) {
      throw new IllegalArgumentException("inference of " + batch + " images in no time");
    }
  }

  /** How much longer a batch takes than with the plain backbone; 0 is no longer. */
  public double overhead() {
    return batchSeconds / plainBatchSeconds - 1;
  }
}
