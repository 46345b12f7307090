package org.peftbench.cli;

import org.peftbench.WrongInputException;
import org.peftbench.model.ViTConfig;

/** Backbones as users name them. */
final class Backbones {

  private Backbones() {}

  static ViTConfig named(String name) {
    try {
      return ViTConfig.named(name);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(e);
    }
  }
}
