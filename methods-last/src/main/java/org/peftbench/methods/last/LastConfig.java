package org.peftbench.methods.last;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of LAST. The paper's values could not be read by the authors of this harness;
 * with the defaults ViT-B/16 has the reported 0.66 M parameters.
 *
 * @param gap g, blocks of the backbone for each LSA block
 * @param modules T, LSA modules in an LSA block
 * @param rank R
 * @param heads attention heads
 * @param scale factor of every module's increment
 * @param bias whether the up-projection has one
 * @param zeroInit whether the up-projection begins at zero
 * @param start u_0
 * @param correction whether the sum of the taps is taken off again
 */
public record LastConfig(
    @Option(doc = "blocks of the backbone for each side block", value = "3", min = 1, max = 1024)
        int gap,
    @Option(doc = "attention modules in each side block", value = "5", min = 1, max = 64)
        int modules,
    @Option(doc = "rank of queries, keys and values", value = "10", min = 1, max = 65536) int rank,
    @Option(doc = "attention heads; divides the rank", value = "1", min = 1, max = 1024) int heads,
    @Tuned(choices = {"0.01", "0.1", "1", "10"})
        @Option(doc = "factor of every module's increment", value = "1")
        double scale,
    @Option(doc = "whether the up-projection has a bias", value = "true") boolean bias,
    @Option(doc = "whether the up-projection begins at zero", value = "true") boolean zeroInit,
    @Option(
            doc =
                "what the side stream begins with; zero needs zero-init=false or correction=false",
            value = "embedding")
        Start start,
    @Option(doc = "whether the sum of the taps is taken off the result", value = "true")
        boolean correction) {

  /** What the side stream begins with. */
  public enum Start {
    /**
     * u_0 = z_0 and u_i = F_i(u_{i-1} + z_i), i = 1..m: the result holds the frozen feature z_m.
     */
    EMBEDDING,
    /** u_0 = 0 and u_i = F_i(u_{i-1} + z_{i-1}), i = 1..m: the result is the increments alone. */
    ZERO
  }

  /** Checks that the heads share the rank, and that the result does not begin as nothing. */
  public LastConfig {
    if (rank % heads != 0) {
      throw new IllegalArgumentException(
          "rank " + rank + " cannot be split over " + heads + " heads");
    }
    if (start == Start.ZERO && zeroInit && correction) {
      // Zeros have no variance: the final norm would only blow up whatever comes first.
      throw new IllegalArgumentException(
          "start=zero with zero-init=true gives the final norm nothing but zeros; add"
              + " zero-init=false");
    }
  }
}
