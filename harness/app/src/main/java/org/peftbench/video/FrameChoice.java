package org.peftbench.video;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.peftbench.WrongInputException;

/**
 * Which frames are wanted, and how.
 *
 * @param perSecond the first frame of each 1/perSecond of a second; empty for all frames
 * @param shortSide pixels of the shorter side; empty for those of the video
 * @param most a video with more is refused
 * @param format of the images
 * @param anyLength whether frames may end elsewhere than the file says
 */
public record FrameChoice(
    OptionalDouble perSecond,
    OptionalInt shortSide,
    int most,
    FrameFormat format,
    boolean anyLength) {

  /** Of the images a folder of a clip may have; one file besides says what they are. */
  private static final int MOST = 99_999;

  private static final int LONGEST_SIDE = 4096;

  /**
   * Checks the bounds.
   *
   * @throws WrongInputException if a number is out of them
   */
  public FrameChoice {
    if (perSecond.isPresent() && !(perSecond.getAsDouble() > 0 && perSecond.getAsDouble() <= 1e4)) {
      throw new WrongInputException(
          "%s frames a second, expected a number above 0, up to 10000"
              .formatted(perSecond.getAsDouble()));
    }
    if (shortSide.isPresent()
        && (shortSide.getAsInt() < 1 || shortSide.getAsInt() > LONGEST_SIDE)) {
      throw new WrongInputException(
          "a side of %d pixels, expected 1 to %d".formatted(shortSide.getAsInt(), LONGEST_SIDE));
    }
    if (most < 1 || most > MOST) {
      throw new WrongInputException("at most %d frames, expected 1 to %d".formatted(most, MOST));
    }
  }

  /** Whether the other one gives the same images of a video that both take. */
  boolean givesAs(FrameChoice other) {
    return perSecond.equals(other.perSecond)
        && shortSide.equals(other.shortSide)
        && format == other.format;
  }
}
