package org.peftbench.task;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.peftbench.image.ImageDecoder;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Resize;

/**
 * An image: a line of a list, or a frame of a clip that is one.
 *
 * @param file the image file, which existed when the list was read
 * @param label its class, from 0
 */
public record LabelledImage(Path file, int label) {

  /** The class of each. */
  public static int[] labels(List<LabelledImage> images) {
    return labels(images, 1);
  }

  /** The class of each clip of so many images, one after the other. */
  public static int[] labels(List<LabelledImage> images, int frames) {
    return IntStream.range(0, images.size() / frames)
        .map(clip -> images.get(clip * frames).label())
        .toArray();
  }

  /** Decodes and resizes: (size, size, 3), a byte a value. */
  byte[] pixels(int size, Interpolation interpolation) {
    return Resize.toSquare(ImageDecoder.decode(file), size, interpolation).pixels();
  }
}
