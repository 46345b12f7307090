package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.peftbench.task.ImageSet;
import org.peftbench.training.SharedTaps;

/** Makes inputs from pixels at each step: the backbone runs live. */
public final class ImageBatches implements Batches {

  private final ImageSet images;
  private final ImageArrays arrays;
  private final SharedTaps taps;

  /** Makes batches of decoded images for learners of one backbone. */
  public ImageBatches(ImageSet images, ImageArrays arrays, SharedTaps taps) {
    this.images = images;
    this.arrays = arrays;
    this.taps = taps;
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
  public NDList read(NDManager owner, int[] indices, HostMemory memory) {
    byte[][] pixels = Arrays.stream(indices).mapToObj(images::pixels).toArray(byte[][]::new);
    return new NDList(arrays.of(owner, pixels, memory));
  }

  @Override
  public NDList inputs(NDList read) {
    return taps.read(read.singletonOrThrow());
  }
}
