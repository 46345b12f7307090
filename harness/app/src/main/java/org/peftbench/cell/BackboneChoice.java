package org.peftbench.cell;

import org.peftbench.model.ViTConfig;

/**
 * The frozen or adapted network of a cell.
 *
 * @param name size and patch, such as {@code vit-b16}
 * @param weights the weight file's name, a registry name, {@code random}, or {@link #COSTS_ONLY}
 * @param weightsSha256 the file's SHA-256 in hex; empty for {@code random}
 * @param imageSize side of the square input, in pixels
 * @param pooling how final tokens become a representation
 */
public record BackboneChoice(
    String name, String weights, String weightsSha256, int imageSize, ViTConfig.Pooling pooling) {

  /** Stands for the weights of a file of random values, of whichever name. */
  public static final String COSTS_ONLY = "random weights: costs only";

  /** Whether its values are random, so that it shows what methods cost and not what they reach. */
  public boolean costsOnly() {
    return weights.equals(COSTS_ONLY);
  }

  /**
   * The sizes that this means.
   *
   * @throws IllegalArgumentException if there is no such backbone, or not for that image size
   */
  public ViTConfig config() {
    return ViTConfig.named(name).withImageSize(imageSize).withPooling(pooling);
  }
}
