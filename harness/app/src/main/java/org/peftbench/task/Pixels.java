package org.peftbench.task;

import java.util.List;
import org.peftbench.image.Interpolation;

/** Images of one square size, each had when it is asked for, by any number of threads. */
public interface Pixels extends AutoCloseable {

  /** The images, in order. */
  List<LabelledImage> images();

  /** Side of each, in pixels. */
  int size();

  /**
   * The pixels of an image: (size, size, 3), a byte a value.
   *
   * @param image its place
   * @throws org.peftbench.WrongInputException if its file cannot be read whole
   */
  byte[] of(int image);

  /** Closes what they are read from. */
  @Override
  default void close() {}

  /** Decodes and resizes each image whenever it is asked for. */
  static Decoded decoded(List<LabelledImage> images, int size, Interpolation interpolation) {
    return new Decoded(images, size, interpolation);
  }

  /**
   * Pixels that are not kept.
   *
   * @param images in order
   * @param size side of the result
   * @param interpolation of the resize
   */
  record Decoded(List<LabelledImage> images, int size, Interpolation interpolation)
      implements Pixels {

    /** Copies the list. */
    public Decoded {
      images = List.copyOf(images);
    }

    @Override
    public byte[] of(int image) {
      return images.get(image).pixels(size, interpolation);
    }
  }
}
