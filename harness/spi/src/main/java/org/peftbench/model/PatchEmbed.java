package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/**
 * Cuts images into patches and projects each to a token: (B, 3, S, S) to (B, N - 1, D), row by row.
 */
final class PatchEmbed extends Part {

  PatchEmbed(ViTConfig config) {
    add("proj", new Projection(config));
  }

  @Override
  public NDArray forward(NDArray images, boolean training) {
    return scoped(
        () -> {
          NDArray map = part("proj").forward(images, training); // (B, D, S/P, S/P)
          long batch = map.getShape().get(0);
          long width = map.getShape().get(1);
          return map.reshape(batch, width, -1).transpose(0, 2, 1); // (B, N - 1, D)
        });
  }

  /** A convolution whose stride is its kernel: {@code weight} (D, 3, P, P), {@code bias} (D). */
  private static final class Projection extends Part {

    private final Shape stride;

    Projection(ViTConfig config) {
      long patch = config.patchSize();
      stride = new Shape(patch, patch);
      parameter(
          "weight",
          Init.kaimingUniform(),
          config.width(),
          config.channels(),
          config.patchSize(),
          config.patchSize());
      parameter("bias", Init.ZEROS, config.width());
    }

    @Override
    public NDArray forward(NDArray x, boolean training) {
      return Conv2d.conv2d(x, value("weight"), value("bias"), stride).singletonOrThrow();
    }
  }
}
