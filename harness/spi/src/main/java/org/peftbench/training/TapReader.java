package org.peftbench.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.VisionTransformer;

/**
 * Reads taps of a frozen backbone, as every learner that reads it does.
 *
 * @param backbone whose weights are {@linkplain FrozenWeights held} for the precision
 * @param precision of its arithmetic
 */
public record TapReader(VisionTransformer backbone, Precision precision) {

  /**
   * Reads the taps of images (B, 3, S, S), in float32 and in the caller's scope; never part of a
   * graph.
   */
  public NDList read(NDArray images, List<Tap> wanted) {
    try (Autocast cast = Autocast.open(images.getDevice(), precision.lowersFrozen())) {
      NDList read = backbone.taps(images, wanted);
      return new NDList(read.stream().map(Cast::float32).toList());
    }
  }
}
