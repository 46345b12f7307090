package org.peftbench.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.peftbench.task.ImageSet;
import org.peftbench.task.Normalization;

/** Inputs made from pixels at each step: the backbone runs live. */
public final class ImageBatches implements Batches {

  private static final int CHANNELS = 3;

  private final ImageSet images;
  private final Normalization normalization;
  private final Learner learner;
  // One buffer for all batches: floats of a batch are by far the largest thing Java allocates.
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /** Batches of decoded images for a learner. */
  public ImageBatches(ImageSet images, Normalization normalization, Learner learner) {
    this.images = images;
    this.normalization = normalization;
    this.learner = learner;
  }

  @Override
  public int images() {
    return images.count();
  }

  @Override
  public int label(int image) {
    return images.label(image);
  }

  @Override
  public NDList inputs(NDManager manager, int[] indices) {
    return inputs(manager, Arrays.stream(indices).mapToObj(images::pixels).toArray(byte[][]::new));
  }

  /** The inputs of any images of the set's size, such as test images; valid until the next call. */
  public NDList inputs(NDManager manager, byte[][] pixels) {
    int side = images.size();
    int floats = CHANNELS * side * side;
    int needed = Math.multiplyExact(pixels.length, Math.multiplyExact(floats, Float.BYTES));
    if (buffer.capacity() < needed) {
      buffer = ByteBuffer.allocateDirect(needed).order(ByteOrder.nativeOrder());
    }
    for (int i = 0; i < pixels.length; i++) {
      ByteBuffer one = buffer.slice(i * floats * Float.BYTES, floats * Float.BYTES);
      normalization.toFloats(pixels[i], side, one.order(ByteOrder.nativeOrder()).asFloatBuffer());
    }
    ByteBuffer batch = buffer.slice(0, needed).order(ByteOrder.nativeOrder());
    NDArray array =
        manager.create(batch, new Shape(pixels.length, CHANNELS, side, side), DataType.FLOAT32);
    return learner.inputs(array);
  }
}
