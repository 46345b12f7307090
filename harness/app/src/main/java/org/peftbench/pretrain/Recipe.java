package org.peftbench.pretrain;

import java.util.Optional;
import org.peftbench.image.Normalization;
import org.peftbench.model.ViTConfig;

/**
 * What a pretrained backbone follows from.
 *
 * @param backbone size and patch, such as {@code vit-pocket}
 * @param pooling how final tokens become a representation
 * @param imageSize side of the images, in pixels
 * @param folder of class folders; empty for the procedural world
 * @param classes K
 * @param normalize how pixels are shifted and scaled
 * @param images training images seen in all, repeats included
 * @param warmupImages of them while the learning rate rises
 * @param batchSize images a step
 * @param lr peak learning rate of AdamW, then half a cosine down to zero
 * @param weightDecay decoupled weight decay
 * @param seed decides first values, and which images come in which order
 */
public record Recipe(
    String backbone,
    ViTConfig.Pooling pooling,
    int imageSize,
    Optional<String> folder,
    int classes,
    Normalization normalize,
    long images,
    long warmupImages,
    int batchSize,
    double lr,
    double weightDecay,
    long seed) {

  /**
   * The sizes of the backbone.
   *
   * @throws IllegalArgumentException if there is no such backbone, or not for that image size
   */
  public ViTConfig config() {
    return ViTConfig.named(backbone).withImageSize(imageSize).withPooling(pooling);
  }

  /** Steps of training; what does not fill a batch is left out. */
  public long steps() {
    return images / batchSize;
  }
}
