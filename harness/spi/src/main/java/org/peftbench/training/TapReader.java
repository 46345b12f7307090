package org.peftbench.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.model.Precision;
import org.peftbench.model.Tap;
import org.peftbench.model.TapStage;
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

  /**
   * Begins to read the taps of images (B, 3, S, S), and stops before the first block; arrays are in
   * the caller's scope, as those of {@link #next} are, and never part of a graph.
   */
  public TapStage begin(NDArray images, List<Tap> wanted) {
    try (Autocast cast = Autocast.open(images.getDevice(), precision.lowersFrozen())) {
      return inFloat32(backbone.begin(images, wanted));
    }
  }

  /** Goes on by one block, which must have its values; the arrays of the stage are used up. */
  public TapStage next(TapStage stage, List<Tap> wanted) {
    Device device = stage.carried().get(0).getDevice();
    try (Autocast cast = Autocast.open(device, precision.lowersFrozen())) {
      return inFloat32(backbone.next(stage, wanted));
    }
  }

  /** Taps as {@link #read} gives them; what is carried keeps the type that it is computed in. */
  private static TapStage inFloat32(TapStage stage) {
    SortedMap<Integer, NDArray> reached = new TreeMap<>(stage.reached());
    reached.replaceAll((place, tap) -> Cast.float32(tap));
    return new TapStage(stage.depth(), stage.carried(), reached);
  }
}
