package org.peftbench.worker;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.training.GradientCollector;
import org.peftbench.model.FusedAttention;

/**
 * Has a device do once each kind of thing that training does. What CUDA and its libraries take on
 * first use, context, kernels, handles and workspaces, is then part of the floor, and not of the
 * weights or of the first step.
 */
final class FirstUse {

  // Of one head of a backbone, so that the same kernels are loaded, and of few bytes.
  private static final Shape HEAD = new Shape(1, 1, 16, 64);
  private static final Shape IMAGE = new Shape(1, 3, 16, 16);
  private static final Shape PATCHES = new Shape(8, 3, 16, 16);

  private FirstUse() {}

  /** Multiplies, convolves and attends, forward and backward, and waits for the results. */
  static void of(Device device) {
    try (NDManager manager = NDManager.newBaseManager(device);
        NDArray tokens = manager.ones(HEAD);
        NDArray weights = manager.ones(new Shape(64, 64));
        NDArray image = manager.ones(IMAGE);
        NDArray patches = manager.ones(PATCHES)) {
      tokens.setRequiresGradient(true);
      patches.setRequiresGradient(true);
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray multiplied = tokens.matMul(weights);
        NDArray attended = FusedAttention.apply(multiplied, multiplied, multiplied).sum();
        NDList convolved = Conv2d.conv2d(image, patches, null, new Shape(16, 16));
        collector.backward(attended.add(convolved.singletonOrThrow().sum()));
      }
      tokens.getGradient().toFloatArray();
      patches.getGradient().toFloatArray();
    }
  }
}
