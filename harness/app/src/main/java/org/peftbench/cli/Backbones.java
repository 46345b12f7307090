package org.peftbench.cli;

import java.util.function.Supplier;
import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;

/** Backbones as users name them. */
final class Backbones {

  private Backbones() {}

  static ViTConfig named(String name) {
    return refused(() -> ViTConfig.named(name));
  }

  /** A backbone for another image size. */
  static ViTConfig sized(ViTConfig backbone, int imageSize) {
    return refused(() -> backbone.withImageSize(imageSize));
  }

  static ViTConfig.Pooling pooling(String word) {
    return refused(() -> ViTConfig.Pooling.named(word));
  }

  private static <T> T refused(Supplier<T> choice) {
    try {
      return choice.get();
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e);
    }
  }
}
