package org.peftbench.testkit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Random;
import org.peftbench.model.Init;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;
import org.peftbench.model.VisionTransformer;

/** Real transformers, small enough for a test of a few milliseconds, and images for them. */
public final class TinyModels {

  /**
   * Three sizes that share no number a formula could mistake for another: the MLP is not always
   * four times as wide, and depth, heads, patches and tokens differ.
   */
  public static final List<ViTConfig> SIZES =
      List.of(
          size(16, 8, 16, 2, 2, 40, Pooling.CLS),
          size(24, 8, 24, 3, 3, 96, Pooling.MEAN),
          size(16, 4, 48, 4, 4, 160, Pooling.CLS));

  private static final int CHANNELS = 3;

  private TinyModels() {}

  private static ViTConfig size(
      int image, int patch, int width, int depth, int heads, int mlpWidth, Pooling pooling) {
    return new ViTConfig(
        image, patch, CHANNELS, width, depth, heads, mlpWidth, ViTConfig.LAYER_NORM_EPS, pooling);
  }

  /**
   * A transformer whose every value is drawn, biases and norms too, so that none can be forgotten
   * unnoticed; always the same for the same sizes.
   */
  public static VisionTransformer backbone(NDManager manager, ViTConfig config) {
    VisionTransformer backbone = new VisionTransformer(config);
    backbone
        .namedParameters()
        .forEach(
            (name, parameter) -> {
              boolean gain = name.endsWith("weight") && parameter.getShape().dimension() == 1;
              Init init = gain ? Init.normal(1, 0.2) : Init.normal(0, 0.2);
              float[] values = init.values(parameter.getShape(), new Random(name.hashCode()));
              backbone.load(name, manager, values);
            });
    return backbone;
  }

  /** Images (count, 3, S, S) of normal noise, always the same. */
  public static NDArray images(NDManager manager, ViTConfig config, int count) {
    Shape shape = new Shape(count, CHANNELS, config.imageSize(), config.imageSize());
    return manager.create(Init.normal(1).values(shape, new Random(count)), shape);
  }

  /** Labels (count), int64: 0, 1, ... and again from 0. */
  public static NDArray labels(NDManager manager, int count, int classes) {
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
    }
    return manager.create(labels);
  }
}
