package org.peftbench.cli;

import org.peftbench.model.ViTConfig;
import org.peftbench.plan.WrongInputException;

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
