package org.peftbench.methods.losa;

import org.peftbench.model.ViTConfig;
import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of LoSA. The paper's values could not be read by the authors of this harness.
 *
 * @param rank r, of channel and token projections
 * @param mixers which of the two there are
 * @param stride blocks of the backbone for each mixer
 * @param frames T, frames in a sequence of tokens; 1 for an image
 * @param scale alpha, factor of every mixer's output
 * @param bias whether the projections have biases
 * @param skip whether a mixer adds its input before the next one
 * @param zeroInit whether up-projections begin at zero
 * @param start y_0
 * @param time whether frames of a clip are mixed as well
 */
public record LosaConfig(
    @Option(doc = "rank of the channel and token projections", value = "8", min = 1, max = 65536)
        int rank,
    @Option(doc = "what is mixed", value = "both") Mixers mixers,
    @Option(doc = "blocks of the backbone for each mixer", value = "1", min = 1, max = 1024)
        int stride,
    @Option(
            doc =
                "frames that the patch tokens are divided into; above 1, space and time are mixed"
                    + " one after the other",
            value = "1",
            min = 1,
            max = 65536)
        int frames,
    @Tuned(choices = {"0.01", "0.1", "1", "10"})
        @Option(doc = "factor of every mixer's output", value = "1")
        double scale,
    @Option(doc = "whether the projections have biases", value = "false") boolean bias,
    @Option(doc = "whether the token mixer also reads and keeps its input", value = "true")
        boolean skip,
    @Option(doc = "whether up-projections begin at zero", value = "true") boolean zeroInit,
    @Option(
            doc = "what the side stream begins with; zero needs zero-init=false",
            value = "last-block")
        Start start,
    @Option(
            doc = "whether tokens of a clip are also mixed in time, along its frames",
            value = "true",
            later = true)
        boolean time) {

  /** What a low-rank mixer mixes. */
  public enum Mixers {
    /** Channels, then tokens. */
    BOTH,
    /** Channels of each token. */
    CHANNEL,
    /** Tokens of each channel. */
    TOKEN
  }

  /** What the side stream begins with. */
  public enum Start {
    /** y_0 = b_L: with a mixer that gives nothing, the backbone itself. */
    LAST_BLOCK,
    /** y_0 = b_0, the embedded image. */
    EMBEDDING,
    /** y_0 = 0. */
    ZERO
  }

  /** Checks that the result does not begin as nothing. */
  public LosaConfig {
    if (start == Start.ZERO && zeroInit) {
      // Zeros have no variance: the final norm would only blow up whatever comes first.
      throw new IllegalArgumentException(
          "start=zero with zero-init=true gives the final norm nothing but zeros; add"
              + " zero-init=false");
    }
  }

  boolean mixesChannels() {
    return mixers != Mixers.TOKEN;
  }

  /** Whether tokens of one place are mixed along the frames that a backbone sees. */
  boolean mixesTime(ViTConfig backbone) {
    return mixesTokens() && time && backbone.frames() > 1;
  }

  boolean mixesTokens() {
    return mixers != Mixers.CHANNEL;
  }
}
