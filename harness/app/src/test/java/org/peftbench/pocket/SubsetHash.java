package org.peftbench.pocket;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** The committed hash of a split is over the pixels and the label of each image, in order. */
final class SplitHash {

  private SplitHash() {}

  static List<PocketImage> images(PocketTask task, Split split, int count) {
    return IntStream.range(0, count).parallel().mapToObj(i -> task.render(split, i)).toList();
  }

  static String of(List<PocketImage> images) {
    MessageDigest digest = sha256();
    for (PocketImage image : images) {
      digest.update(image.pixels());
      digest.update((byte) image.label());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
