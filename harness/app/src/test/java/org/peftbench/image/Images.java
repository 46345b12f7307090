package org.peftbench.image;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The test images, and how far apart two images are. */
final class Images {

  private Images() {}

  static Path resource(String name) {
    try {
      return Path.of(Images.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name, e);
    }
  }

  static String[] formats() {
    File folder = resource("formats").toFile();
    return folder.list((dir, name) -> !name.contains(".expected.") && !name.endsWith(".txt"));
  }

  /** Mean absolute difference, in levels of 255. */
  static double difference(RgbImage one, RgbImage other) {
    if (one.width() != other.width() || one.height() != other.height()) {
      throw new IllegalArgumentException("the images have different sizes");
    }
    long sum = 0;
    for (int i = 0; i < one.pixels().length; i++) {
      sum += Math.abs((one.pixels()[i] & 255) - (other.pixels()[i] & 255));
    }
    return (double) sum / one.pixels().length;
  }
}
