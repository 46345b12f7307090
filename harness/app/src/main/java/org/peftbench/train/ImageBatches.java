package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.peftbench.task.ImageSet;
import org.peftbench.training.SharedTaps;

/** Makes inputs from images that were decoded before. */
public final class ImageBatches extends LiveBatches {

  private final ImageSet images;

  /** Makes batches of decoded images for learners of one backbone. */
  public ImageBatches(ImageSet images, ImageArrays arrays, SharedTaps taps) {
    super(arrays, taps);
    this.images = images;
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
}
