package org.peftbench.measure;

/**
 * Peak memory of a training step as a straight line over the batch size: what weights, gradients,
 * optimiser and program take whatever the batch, and what each image adds.
 *
 * @param fixedBytes at no image; below 0 where memory does not grow in proportion
 * @param bytesPerImage that one more image adds
 */
public record MemoryLine(double fixedBytes, double bytesPerImage) {

  /**
   * The line through two measured peaks.
   *
   * @throws IllegalArgumentException if they are of one batch size
   */
  public static MemoryLine through(int batch, long peakBytes, int otherBatch, long otherPeakBytes) {
    if (batch == otherBatch) {
      throw new IllegalArgumentException("no line goes through one batch size, " + batch);
    }
    double slope = (double) (otherPeakBytes - peakBytes) / (otherBatch - batch);
    return new MemoryLine(peakBytes - slope * batch, slope);
  }

  /** The largest batch whose peak stays within so many bytes; 0 if not even one image does. */
  public long largestBatch(long budgetBytes) {
    if (fixedBytes + bytesPerImage > budgetBytes) {
      return 0;
    }
    return bytesPerImage <= 0
        ? Long.MAX_VALUE
        : (long) ((budgetBytes - fixedBytes) / bytesPerImage);
  }
}
