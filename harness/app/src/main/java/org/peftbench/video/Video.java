package org.peftbench.video;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.peftbench.image.RgbImage;

/** An open video, whose frames are decoded one after the other, in the order of time. */
public interface Video extends AutoCloseable {

  /**
   * When a frame is shown.
   *
   * @param begins seconds after the first frame's beginning
   * @param ends seconds after the first frame's beginning
   */
  record Shown(double begins, double ends) {}

  /** What its file says of it, which need not be so. */
  VideoFacts facts();

  /**
   * Decodes the next frame; empty after the last.
   *
   * @throws IOException if the file is broken; the message says why in one line
   */
  Optional<Shown> next() throws IOException;

  /**
   * The frame that was decoded last, upright.
   *
   * @param shortSide pixels of its shorter side; empty for those that it has
   */
  RgbImage image(OptionalInt shortSide) throws IOException;

  @Override
  void close();
}
