package org.peftbench.task;

import java.nio.file.Path;
import java.util.List;
import org.peftbench.image.ImageDecoder;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Resize;

/**
 * One line of a list.
 *
 * @param file the image file, which existed when the list was read
 * @param label its class, from 0
 */
public record LabelledImage(Path file, int label) {

  /** The class of each. */
  public static int[] labels(List<LabelledImage> images) {
    return images.stream().mapToInt(LabelledImage::label).toArray();
  }

  /** Decodes and resizes: (size, size, 3), a byte a value. */
  byte[] pixels(int size, Interpolation interpolation) {
    return Resize.toSquare(ImageDecoder.decode(file), size, interpolation).pixels();
  }
}
