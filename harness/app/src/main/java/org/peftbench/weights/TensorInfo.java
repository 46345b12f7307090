package org.peftbench.weights;

import java.util.List;

/**
 * What a file says of a tensor.
 *
 * @param type how each value is stored
 * @param shape sizes of the dimensions, none negative; empty for a scalar
 */
public record TensorInfo(ElementType type, List<Long> shape) {

  /**
   * Copies the shape.
   *
   * @throws ArithmeticException if the tensor's bytes cannot be counted in a {@code long}
   */
  public TensorInfo {
    shape = List.copyOf(shape);
    long product = type.bytes();
    for (long size : shape) {
      if (size < 0) {
        throw new ArithmeticException("negative size " + size);
      }
      // A zero must not hide that the other sizes overflow.
      product = Math.multiplyExact(product, Math.max(size, 1));
    }
  }

  /** How many values there are. */
  public long count() {
    return shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  /** How many bytes they take. */
  public long byteCount() {
    return count() * type.bytes();
  }
}
