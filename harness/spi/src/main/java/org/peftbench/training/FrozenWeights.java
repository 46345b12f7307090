package org.peftbench.training;

import ai.djl.nn.Parameter;
import org.peftbench.model.Part;
import org.peftbench.model.Precision;

/** Holds frozen weights in the type that a precision has for them. */
public final class FrozenWeights {

  private FrozenWeights() {}

  /**
   * Holds the weights of matrix products and convolutions, once they are loaded. Autocast would
   * lower them at each use: what is computed stays the same. Biases, norms and embeddings stay in
   * float32.
   */
  public static void hold(Part part, Precision precision) {
    if (!precision.holdsFrozenLow()) {
      return;
    }
    part.namedParameters()
        .forEach(
            (name, parameter) -> {
              if (isWeight(name, parameter) && parameter.isInitialized()) {
                part.load(name, Cast.bfloat16(parameter.getArray()));
              }
            });
  }

  private static boolean isWeight(String name, Parameter parameter) {
    return !parameter.requiresGradient()
        && name.endsWith("weight")
        && parameter.getShape().dimension() > 1;
  }
}
