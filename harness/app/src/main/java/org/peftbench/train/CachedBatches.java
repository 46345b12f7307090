package org.peftbench.train;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Reads inputs back from a cache: neither images nor backbone are needed.
 *
 * <p>They are read into host memory, even where the device is a GPU, and go there when it is their
 * turn. The taps of an image may be tens of times as large as the image, and a second batch of them
 * on the GPU more than all else that a method needs there.
 */
public final class CachedBatches implements Batches {

  /** Taps of images that lie somewhere. */
  public interface Source {

    /**
     * Reads the taps of some images, as they are stored.
     *
     * @param host a manager on the CPU, whose arrays may be views of the memory
     */
    NDList read(NDManager host, int[] images, HostMemory memory);

    /** Turns what was read, now on the device, into float32, an array a tap. */
    default NDList inputs(NDList read) {
      NDList inputs = new NDList(read.size());
      read.forEach(tap -> inputs.add(tap.toType(DataType.FLOAT32, false)));
      return inputs;
    }
  }

  private final Source cache;
  private final int[] labels;
  private final int frames;

  /**
   * Makes batches of taps that lie somewhere.
   *
   * @param labels the class of each image or clip
   * @param frames images of each clip, one after the other; 1 if they are none
   */
  public CachedBatches(Source cache, int[] labels, int frames) {
    this.cache = cache;
    this.labels = labels.clone();
    this.frames = frames;
  }

  @Override
  public int images() {
    return labels.length;
  }

  @Override
  public int label(int image) {
    return labels[image];
  }

  @Override
  public NDList read(NDManager owner, int[] images, HostMemory memory) {
    int[] all =
        Arrays.stream(images)
            .flatMap(clip -> IntStream.range(clip * frames, (clip + 1) * frames))
            .toArray();
    return cache.read(owner.newSubManager(Device.cpu()), all, memory);
  }

  /** As float32. */
  @Override
  public NDList inputs(NDList read) {
    return cache.inputs(read);
  }
}
