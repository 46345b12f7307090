package org.peftbench.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.peftbench.image.RgbImage;

/**
 * A decoder of one video, whose frames are one pixel that has their number.
 *
 * @param frames how many it has
 * @param perSecond how many a second
 * @param seconds what its file says
 * @param broken the frame that cannot be decoded; -1 for none
 */
record PlayedVideo(int frames, double perSecond, OptionalDouble seconds, int broken)
    implements VideoDecoder {

  @Override
  public String name() {
    return "played";
  }

  @Override
  public Video open(Path file) {
    return new Video() {
      private int next;

      @Override
      public VideoFacts facts() {
        return new VideoFacts("none", 1, 1, seconds, OptionalDouble.of(perSecond));
      }

      @Override
      public Optional<Shown> next() throws IOException {
        if (next == broken) {
          throw new IOException("frame " + next + " is damaged");
        }
        int frame = next++;
        return frame < frames
            ? Optional.of(new Shown(millis(frame), millis(frame + 1)))
            : Optional.empty();
      }

      /** Times are rounded as many containers do. */
      private double millis(int frame) {
        return Math.round(1000 * frame / perSecond) / 1000.0;
      }

      @Override
      public RgbImage image(OptionalInt shortSide) {
        byte number = (byte) (next - 1);
        return new RgbImage(1, 1, new byte[] {number, number, number});
      }

      @Override
      public void close() {}
    };
  }
}
