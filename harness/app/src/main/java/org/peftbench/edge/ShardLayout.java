package org.peftbench.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.TensorInfo;
import org.peftbench.wire.FeatureType;

/**
 * What a shard has of each image.
 *
 * @param type how values travel
 * @param taps in order
 */
record ShardLayout(FeatureType type, List<TapLayout> taps) {

  /**
   * What a shard has of a tap of an image.
   *
   * @param shape of its values
   * @param scales how many there are; 0 where values need none
   */
  record TapLayout(List<Long> shape, int scales) {

    long values() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  static ShardLayout of(FeatureType type, List<Tap> taps, ViTConfig config) {
    List<TapLayout> layouts = new ArrayList<>();
    for (Tap tap : taps) {
      int tokens = tap.tokens(config);
      long width = config.width();
      List<Long> shape =
          tap.kind() == Tap.Kind.REPRESENTATION ? List.of(width) : List.of((long) tokens, width);
      layouts.add(new TapLayout(shape, type == FeatureType.INT8 ? tokens : 0));
    }
    return new ShardLayout(type, layouts);
  }

  static String name(int tap) {
    return "tap_" + tap;
  }

  static String scales(int tap) {
    return name(tap) + ".scale";
  }

  /** How a value is stored. */
  ElementType stored() {
    return switch (type) {
      case FLOAT32 -> ElementType.F32;
      case FLOAT16 -> ElementType.F16;
      case INT8 -> ElementType.I8;
    };
  }

  /** The tensors of a shard of so many images. */
  SortedMap<String, TensorInfo> tensors(int images) {
    SortedMap<String, TensorInfo> tensors = new TreeMap<>();
    for (int i = 0; i < taps.size(); i++) {
      TapLayout tap = taps.get(i);
      List<Long> shape = new ArrayList<>(tap.shape);
      shape.add(0, (long) images);
      tensors.put(name(i), new TensorInfo(stored(), shape));
      if (tap.scales > 0) {
        List<Long> scales = shape.subList(0, shape.size() - 1);
        tensors.put(scales(i), new TensorInfo(ElementType.F32, scales));
      }
    }
    return tensors;
  }
}
