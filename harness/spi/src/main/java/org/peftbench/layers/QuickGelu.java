package org.peftbench.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import org.peftbench.model.Part;

/** QuickGELU, which adapters took from CLIP: x sigmoid(1.702 x), of any shape. */
public final class QuickGelu extends Part {

  private static final double STEEPNESS = 1.702;

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(() -> Activation.sigmoid(scaled(x, STEEPNESS)).mul(x));
  }
}
