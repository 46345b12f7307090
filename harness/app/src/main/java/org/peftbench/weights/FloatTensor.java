package org.peftbench.weights;

import java.util.List;

/** Values with a shape, last dimension fastest; the array is shared, not copied. */
public final class FloatTensor {

  private final List<Long> shape;
  private final float[] values;

  /**
   * Joins shape and values.
   *
   * @throws IllegalArgumentException if the shape has not as many places as there are values
   */
  public FloatTensor(List<Long> shape, float[] values) {
    if (new TensorInfo(ElementType.F32, shape).count() != values.length) {
      throw new IllegalArgumentException(values.length + " values do not fill shape " + shape);
    }
    this.shape = List.copyOf(shape);
    this.values = values;
  }

  /** Sizes of the dimensions. */
  public List<Long> shape() {
    return shape;
  }

  /** The values themselves. */
  public float[] values() {
    return values;
  }
}
