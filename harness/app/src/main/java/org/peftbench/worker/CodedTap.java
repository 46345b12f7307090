package org.peftbench.worker;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.peftbench.WrongInputException;
import org.peftbench.weights.ElementType;
import org.peftbench.weights.RawTensor;
import org.peftbench.weights.TensorInfo;
import org.peftbench.wire.FeatureType;
import org.peftbench.wire.ShardLayout;

/**
 * A tensor of a shard, of a whole batch.
 *
 * @param name in the file
 * @param values (B, ...) in the type in which it travels, on the device
 * @param type how a value is stored
 */
record CodedTap(String name, NDArray values, ElementType type) {

  private static final float LARGEST_HALF = 65_504f;
  private static final float LARGEST_BYTE = 127f;

  /**
   * Puts a tap into the form in which it travels, in the caller's scope.
   *
   * @param number of the tap
   * @param tap (B, N, D) or (B, D), float32
   * @throws WrongInputException if it has a value that is too large for that
   */
  static List<CodedTap> of(int number, NDArray tap, FeatureType type) {
    String name = ShardLayout.name(number);
    return switch (type) {
      case FLOAT32 -> List.of(new CodedTap(name, tap, ElementType.F32));
      case FLOAT16 -> List.of(half(name, tap));
      case INT8 -> bytes(number, tap);
    };
  }

  private static CodedTap half(String name, NDArray tap) {
    float largest = tap.abs().max().getFloat();
    if (largest > LARGEST_HALF) {
      throw new WrongInputException(
          "the backbone gives %s, too large for float16; ask for float32".formatted(largest));
    }
    return new CodedTap(name, tap.toType(DataType.FLOAT16, false), ElementType.F16);
  }

  /** Each token is divided by what makes its largest value 127, and rounded to the nearest. */
  private static List<CodedTap> bytes(int number, NDArray tap) {
    int last = tap.getShape().dimension() - 1;
    NDArray scale = tap.abs().max(new int[] {last}, true).div(LARGEST_BYTE);
    // A token of nothing but zeros is divided by something all the same.
    NDArray rounded = tap.div(scale.maximum(Float.MIN_NORMAL)).round();
    return List.of(
        new CodedTap(
            ShardLayout.name(number), rounded.toType(DataType.INT8, false), ElementType.I8),
        new CodedTap(ShardLayout.scales(number), scale.squeeze(last), ElementType.F32));
  }

  /** All its values, on the host. */
  ByteBuffer bytes() {
    return values.toByteBuffer(true);
  }

  /** Some of its images. */
  RawTensor slice(ByteBuffer all, int first, int images) {
    long[] sizes = values.getShape().getShape();
    List<Long> shape = new ArrayList<>();
    shape.add((long) images);
    for (int i = 1; i < sizes.length; i++) {
      shape.add(sizes[i]);
    }
    int imageBytes = Math.toIntExact(values.size() / sizes[0] * type.bytes());
    ByteBuffer slice = all.slice(all.position() + first * imageBytes, images * imageBytes);
    return new RawTensor(new TensorInfo(type, shape), slice);
  }
}
