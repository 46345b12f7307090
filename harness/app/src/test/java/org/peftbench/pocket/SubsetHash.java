package org.peftbench.pocket;

import java.util.List;
import java.util.stream.IntStream;
import org.peftbench.file.Sha256;

/** The committed hash of a subset is over the pixels and the label of each image, in order. */
final class SubsetHash {

  private SubsetHash() {}

  static List<PocketImage> images(PocketTask task, Subset subset, int count) {
    return IntStream.range(0, count).parallel().mapToObj(i -> task.render(subset, i)).toList();
  }

  static String of(List<PocketImage> images) {
    return Sha256.over(
        digest ->
            images.forEach(
                image -> {
                  digest.update(image.pixels());
                  digest.update((byte) image.label());
                }));
  }
}
