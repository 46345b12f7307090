package org.peftbench.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.TensorInfo;

/**
 * What a shard, a safetensors file, has of each image: of tap i the tensor {@code tap_i}, and
 * {@code tap_i.scale} where its values need scales.
 *
 * @param type how values travel
 * @param taps in order
 */
public record ShardLayout(FeatureType type, List<TapLayout> taps) {

  /** The header of safetensors is short; a page for each tap is ample. */
  private static final long HEADER_BYTES = 4096;

  /** Copies the list. */
  public ShardLayout {
    taps = List.copyOf(taps);
  }

  /**
   * What a shard has of a tap of an image.
   *
   * @param shape of its values
   * @param scales how many there are; 0 where values need none
   */
  public record TapLayout(List<Long> shape, int scales) {

    /** Copies the shape. */
    public TapLayout {
      shape = List.copyOf(shape);
    }

    /** How many values it has. */
    public long values() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /** The layout of what a request asks for. */
  public static ShardLayout of(FeatureType type, List<Tap> taps, ViTConfig config) {
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

  /** The tensor of a tap. */
  public static String name(int tap) {
    return "tap_" + tap;
  }

  /** The tensor of its scales. */
  public static String scales(int tap) {
    return name(tap) + ".scale";
  }

  /** How a value is stored. */
  public ElementType stored() {
    return switch (type) {
      case FLOAT32 -> ElementType.F32;
      case FLOAT16 -> ElementType.F16;
      case INT8 -> ElementType.I8;
    };
  }

  /** The tensors of a shard of so many images. */
  public SortedMap<String, TensorInfo> tensors(int images) {
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

  /** The most that a shard's file of so many images may have. */
  public long mostBytes(int images) {
    long each =
        taps.stream()
            .mapToLong(tap -> tap.values() * stored().bytes() + (long) tap.scales() * Float.BYTES)
            .sum();
    return images * each + HEADER_BYTES * (1 + taps.size());
  }
}
