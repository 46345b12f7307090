package org.peftbench.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import org.peftbench.task.ImageSet;

/** Makes inputs from pixels at each step: the backbone runs live. */
public final class ImageBatches implements Batches {

  private final ImageSet images;
  private final InputEncoder inputs;

  /** Makes batches of decoded images. */
  public ImageBatches(ImageSet images, InputEncoder inputs) {
    this.images = images;
    this.inputs = inputs;
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
    byte[][] pixels = Arrays.stream(indices).mapToObj(images::pixels).toArray(byte[][]::new);
    return inputs.of(manager, pixels);
  }

  @Override
  public long inputNanos() {
    return inputs.nanos();
  }
}
