package org.peftbench.task;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Labelled square images of one size, held in memory at three bytes a pixel. */
public final class ImageSet {

  private final int size;
  private final byte[][] pixels;
  private final int[] labels;

  private ImageSet(int size, int count) {
    this.size = size;
    this.pixels = new byte[count][];
    this.labels = new int[count];
  }

  /**
   * Gets images on all processors.
   *
   * @param done told after each image how many are done; never by two threads at once
   * @throws org.peftbench.WrongInputException if a file cannot be read whole
   */
  public static ImageSet load(Pixels pixels, IntConsumer done) {
    List<LabelledImage> images = pixels.images();
    ImageSet set = new ImageSet(pixels.size(), images.size());
    int[] finished = {0};
    IntStream.range(0, images.size())
        .parallel()
        .forEach(
            i -> {
              set.pixels[i] = pixels.of(i);
              set.labels[i] = images.get(i).label();
              synchronized (finished) {
                done.accept(++finished[0]);
              }
            });
    return set;
  }

  /** Side of every image, in pixels. */
  public int size() {
    return size;
  }

  /** How many images. */
  public int count() {
    return labels.length;
  }

  /** The class of an image, from 0. */
  public int label(int i) {
    return labels[i];
  }

  /** The pixels of all images, in their order; not copies. */
  public byte[][] pixels() {
    return pixels.clone();
  }

  /** The pixels of an image: (size, size, 3), a byte a value; not a copy. */
  public byte[] pixels(int i) {
    return pixels[i];
  }
}
