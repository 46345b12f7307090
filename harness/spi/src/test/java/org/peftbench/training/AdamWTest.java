package org.peftbench.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import org.junit.jupiter.api.Test;
import org.peftbench.model.Init;
import org.peftbench.model.Part;

class AdamWTest {

  /** Its gradient is its input. */
  private static final class Weights extends Part {

    Weights() {
      parameter("w", Init.ZEROS, 4);
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return x.mul(value("w")).sum();
    }
  }

  /** What torch.optim.AdamW (PyTorch 2.13, float32) makes of the same gradients. */
  @Test
  void threeStepsAreThoseOfPyTorch() {
    try (NDManager manager = NDManager.newBaseManager();
        AdamW optimizer = new AdamW(manager, 0.1)) {
      Weights weights = new Weights();
      weights.load("w", manager, new float[] {0.5f, -1, 2, 0});
      step(manager, weights, optimizer, 0.1, 1, -2, 0.5f, 0);
      assertValues(weights, 0.395f, -0.89f, 1.88f, 0);
      step(manager, weights, optimizer, 0.05, -3, 0.25f, 0.5f, 1e-3f);
      assertValues(weights, 0.4177345f, -0.8569233f, 1.8206f, -0.03720631f);
      step(manager, weights, optimizer, 0.01, 0.1f, 0.1f, -4, -1e-6f);
      assertValues(weights, 0.4209329f, -0.8519629f, 1.823726f, -0.04291481f);
    }
  }

  private static void step(
      NDManager manager, Weights weights, AdamW optimizer, double lr, float... gradient) {
    try (NDScope scope = Part.scope();
        Part.Leaves leaves = weights.openLeaves()) {
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        gradients.backward(weights.forward(manager.create(gradient), true));
      }
      optimizer.update(leaves, lr);
    }
  }

  private static void assertValues(Weights weights, float... expected) {
    assertArrayEquals(expected, weights.parameter("w").getArray().toFloatArray(), 2e-6f);
  }
}
