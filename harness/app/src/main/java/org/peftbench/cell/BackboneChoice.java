package org.peftbench.cell;

import org.peftbench.model.ViTConfig;

/**
 * The frozen or adapted network of a cell.
 *
 * @param name size and patch, such as {@code vit-b16}
 * @param weights the weight file's name, a registry name, or {@code random}
 * @param weightsSha256 the file's SHA-256 in hex; empty for {@code random}
 * @param imageSize side of the square input, in pixels
 * @param pooling how final tokens become a representation
 */
public record BackboneChoice(
    String name, String weights, String weightsSha256, int imageSize, ViTConfig.Pooling pooling) {

  /**
   * The sizes that this means.
   *
   * @throws IllegalArgumentException if there is no such backbone, or not for that image size
   */
  public ViTConfig config() {
    return ViTConfig.named(name).withImageSize(imageSize).withPooling(pooling);
  }
}
