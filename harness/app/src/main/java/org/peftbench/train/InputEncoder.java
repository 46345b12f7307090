package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.peftbench.image.Normalization;
import org.peftbench.training.Learner;

/** Makes a learner's inputs from pixels: normalised floats, then the backbone for a side method. */
public final class InputEncoder {

  private static final int CHANNELS = 3;

  private final int side;
  private final Normalization normalization;
  private final Learner learner;
  // One buffer for all batches: floats of a batch are by far the largest thing Java allocates.
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long nanos;

  /**
   * Makes inputs for a learner.
   *
   * @param side of the square images, in pixels
   */
  public InputEncoder(int side, Normalization normalization, Learner learner) {
    this.side = side;
    this.normalization = normalization;
    this.learner = learner;
  }

  /**
   * Makes the inputs of some images, as {@link Learner#inputs} gives them; valid until the next
   * call.
   *
   * @param manager owner of what is returned
   * @param pixels of each image: (side, side, 3), a byte a value
   */
  public NDList of(NDManager manager, byte[][] pixels) {
    long began = System.nanoTime();
    int imageBytes = CHANNELS * side * side * Float.BYTES;
    int needed = Math.multiplyExact(pixels.length, imageBytes);
    if (buffer.capacity() < needed) {
      buffer = ByteBuffer.allocateDirect(needed);
    }
    for (int i = 0; i < pixels.length; i++) {
      normalization.toFloats(pixels[i], side, slice(i * imageBytes, imageBytes).asFloatBuffer());
    }
    Shape shape = new Shape(pixels.length, CHANNELS, side, side);
    NDArray images = manager.create(slice(0, needed), shape, DataType.FLOAT32);
    nanos += System.nanoTime() - began;
    return learner.inputs(images);
  }

  /** Counts the nanoseconds that images were made of pixels so far, the backbone left out. */
  long nanos() {
    return nanos;
  }

  private ByteBuffer slice(int from, int length) {
    return buffer.slice(from, length).order(ByteOrder.nativeOrder());
  }
}
