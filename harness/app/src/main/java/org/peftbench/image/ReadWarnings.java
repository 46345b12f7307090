package org.peftbench.image;

import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Keeps a reader's first grave warning: a JPEG that is cut off is gray below the cut, with only a
 * warning.
 */
final class ReadWarnings implements IIOReadWarningListener {

  private Optional<String> broken = Optional.empty();

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // Bytes between two segments belong to neither and cost nothing.
    boolean harmless = warning.contains("extraneous bytes before marker");
    if (!harmless && (warning.startsWith("Corrupt") || warning.startsWith("Truncated"))) {
      broken = Optional.of(broken.orElse(warning));
    }
  }

  /** Throws if a warning told of missing or damaged pixels. */
  void throwIfBroken() throws IOException {
    if (broken.isPresent()) {
      throw new IOException(broken.get());
    }
  }
}
