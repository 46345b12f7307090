package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/** Images for trials without data: the same values everywhere, from 0 to 1. */
final class RandomImages {

  private RandomImages() {}

  /** Makes images (count, 3, S, S) for a backbone. */
  static NDArray of(NDManager owner, ViTConfig config, int count) {
    Shape shape = new Shape(count, config.channels(), config.imageSize(), config.imageSize());
    float[] values = new float[Math.toIntExact(shape.size())];
    Random random = new Random(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Part.owned(owner, shape, values);
  }
}
