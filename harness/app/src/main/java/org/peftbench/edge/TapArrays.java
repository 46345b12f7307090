package org.peftbench.edge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.ShardLayout;
import org.peftbench.wire.ShardLayout.TapLayout;

/** Arrays of what shards have: first as they travel, then as float32. */
final class TapArrays {

  /** Fills a buffer with what images have of a tensor, one after the other. */
  interface Filler {
    ByteBuffer fill(String tensor, int buffer, long imageBytes);
  }

  private TapArrays() {}

  /**
   * Makes an array of each tap, followed by its scales where it has some.
   *
   * @param host whose arrays are views of the buffers
   */
  static NDList stored(ShardLayout layout, NDManager host, int images, Filler filler) {
    NDList arrays = new NDList();
    for (int i = 0; i < layout.taps().size(); i++) {
      TapLayout tap = layout.taps().get(i);
      Shape values = new Shape(images);
      for (long size : tap.shape()) {
        values = values.add(size);
      }
      ByteBuffer bytes =
          filler.fill(ShardLayout.name(i), arrays.size(), tap.values() * layout.stored().bytes());
      arrays.add(host.create(bytes, values, type(layout.type())));
      if (tap.scales() > 0) {
        long imageBytes = (long) tap.scales() * Float.BYTES;
        ByteBuffer scales = filler.fill(ShardLayout.scales(i), arrays.size(), imageBytes);
        arrays.add(host.create(scales, values.slice(0, values.dimension() - 1), DataType.FLOAT32));
      }
    }
    return arrays;
  }

  private static DataType type(FeatureType type) {
    return switch (type) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT16 -> DataType.FLOAT16;
      case INT8 -> DataType.INT8;
    };
  }

  /** Turns what is stored into float32, an array a tap, in the caller's scope. */
  static NDList inputs(ShardLayout layout, NDList stored) {
    NDList inputs = new NDList(layout.taps().size());
    int next = 0;
    for (TapLayout tap : layout.taps()) {
      NDArray values = stored.get(next++).toType(DataType.FLOAT32, false);
      inputs.add(tap.scales() == 0 ? values : values.mul(stored.get(next++).expandDims(-1)));
    }
    return inputs;
  }
}
