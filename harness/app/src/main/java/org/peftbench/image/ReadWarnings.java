package org.peftbench.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Keeps a reader's warnings: a JPEG that is cut off is gray below the cut, with only a warning. */
final class ReadWarnings implements IIOReadWarningListener {

  private final List<String> broken = new ArrayList<>();

  @Override
  public void warningOccurred(ImageReader source, String warning) {
    // Bytes between two segments belong to neither and cost nothing.
    boolean harmless = warning.contains("extraneous bytes before marker");
    if (!harmless && (warning.startsWith("Corrupt") || warning.startsWith("Truncated"))) {
      broken.add(warning);
    }
  }

  /** Throws if a warning told of missing or damaged pixels. */
  void throwIfBroken() throws IOException {
    if (!broken.isEmpty()) {
      throw new IOException(String.join("; ", broken));
    }
  }
}
