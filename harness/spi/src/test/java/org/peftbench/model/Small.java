package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.peftbench.model.ViTConfig.Pooling;

/** Small transformers and arrays of drawn values. */
final class Small {

  private Small() {}

  static ViTConfig config(int depth, Pooling pooling) {
    return new ViTConfig(16, 8, 3, 12, depth, 3, 20, 1e-6, pooling);
  }

  /** Every value is drawn, biases and norms too. */
  static VisionTransformer transformer(NDManager manager, ViTConfig config) {
    VisionTransformer transformer = new VisionTransformer(config);
    transformer
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              Random random = new Random(name.hashCode());
              float[] values = Init.normal(0.2).values(parameter.getShape(), random);
              transformer.load(name, manager, values);
            });
    return transformer;
  }

  static NDArray drawn(NDManager manager, long seed, long... shape) {
    Shape size = new Shape(shape);
    return manager.create(Init.normal(1).values(size, new Random(seed)), size);
  }

  static NDArray images(NDManager manager, int count) {
    return drawn(manager, count, count, 3, 16, 16);
  }

  static double maxDifference(NDArray one, NDArray other) {
    return one.sub(other).abs().max().getFloat();
  }
}
