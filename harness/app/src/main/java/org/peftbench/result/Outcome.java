package org.peftbench.result;

import java.util.List;

/**
 * What a successful cell found.
 *
 * @param correct images classified right
 * @param images images judged
 * @param splitImages images the evaluation split has; more than {@code images} under a limit
 * @param epochLosses mean training loss of each epoch, in nats
 * @param trainableParameters trained values, the head not counted
 * @param headParameters values of the classification head
 * @param totalParameters all values of backbone, method and head
 * @param transferBytesPerImage bytes that leave the backbone for a side network, 0 for backbone
 *     methods
 */
public record Outcome(
    long correct,
    long images,
    long splitImages,
    List<Double> epochLosses,
    long trainableParameters,
    long headParameters,
    long totalParameters,
    long transferBytesPerImage) {

  /** Copies the losses and checks that the counts can be counts of images and values. */
  public Outcome {
    if (correct < 0 || images < Math.max(1, correct) || splitImages < images) {
      throw new IllegalArgumentException(
          correct + " correct of " + images + " images of a split of " + splitImages);
    }
    if (trainableParameters < 0
        || headParameters < 0
        || totalParameters < 0
        || transferBytesPerImage < 0) {
      throw new IllegalArgumentException("a parameter or byte count is negative");
    }
    epochLosses = List.copyOf(epochLosses);
  }

  /** Bytes of all that was trained, method and head, in float32: what a task adds to a backbone. */
  public long adapterBytes() {
    return Float.BYTES * (trainableParameters + headParameters);
  }

  /** Top-1 accuracy in percent. */
  public double accuracy() {
    return 100.0 * correct / images;
  }
}
