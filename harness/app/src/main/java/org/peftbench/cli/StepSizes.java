package org.peftbench.cli;

import org.jspecify.annotations.Nullable;
import org.peftbench.plan.WrongInputException;

/** The sizes of training steps on random images. */
final class StepSizes {

  private StepSizes() {}

  /**
   * The side of the images in pixels: as given, else the backbone's.
   *
   * @throws WrongInputException if the backbone cannot have it, or a batch does not fit a buffer
   */
  static int pixels(String backbone, @Nullable Integer given, int batchSize) {
    int pixels = given == null ? Backbones.named(backbone).imageSize() : given;
    try {
      Backbones.named(backbone).withImageSize(pixels);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(String.valueOf(e.getMessage()), e);
    }
    long most = Integer.MAX_VALUE / (3L * pixels * pixels * Float.BYTES);
    if (batchSize > most) {
      throw new WrongInputException(
          "--batch-size %d is not possible at %d pixels; at most %d"
              .formatted(batchSize, pixels, most));
    }
    return pixels;
  }
}
