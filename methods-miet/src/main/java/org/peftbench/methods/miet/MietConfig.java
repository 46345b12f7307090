package org.peftbench.methods.miet;

import org.peftbench.spi.Option;
import org.peftbench.spi.Tuned;

/**
 * Hyper-parameters of MIET. The paper's values could not be read by the authors of this harness.
 *
 * @param gather k: no output of a block behind it is summed; 0 for the last block
 * @param first the map that the sum begins with; 0 is the embedded image
 * @param step from a map of the sum to the next
 * @param pool side of the squares of patch tokens that are averaged before the map leaves the cloud
 * @param modules T, attention modules of the edge network
 * @param rank R
 * @param heads attention heads
 * @param scale factor of every module's increment
 * @param bias whether the up-projection has one
 * @param zeroInit whether the up-projection begins at zero
 * @param mean whether the sum is divided by the number of its terms, on the edge
 */
public record MietConfig(
    @Option(
            doc = "last block whose output may be part of the sum; 0 for the last of all",
            value = "0",
            min = 0,
            max = 1024)
        int gather,
    @Option(
            doc = "first map of the sum; 0 is the embedded image",
            value = "0",
            min = 0,
            max = 1024,
            later = true)
        int first,
    @Option(
            doc = "from a map of the sum to the next",
            value = "1",
            min = 1,
            max = 1024,
            later = true)
        int step,
    @Option(
            doc =
                "side of the squares of patch tokens that are averaged into one before the map"
                    + " leaves the cloud; 1 for none; divides the patches of a side",
            value = "1",
            min = 1,
            max = 1024,
            later = true)
        int pool,
    @Option(doc = "attention modules of the edge network", value = "4", min = 1, max = 64)
        int modules,
    @Option(doc = "rank of queries, keys and values", value = "16", min = 1, max = 65536) int rank,
    @Option(doc = "attention heads; divides the rank", value = "1", min = 1, max = 1024) int heads,
    @Tuned(choices = {"0.01", "0.1", "1", "10"})
        @Option(doc = "factor of every module's increment", value = "1")
        double scale,
    @Option(doc = "whether the up-projection has a bias", value = "true") boolean bias,
    @Option(doc = "whether the up-projection begins at zero", value = "false") boolean zeroInit,
    @Option(
            doc =
                "whether the sum is divided by the number of its terms, which is ours; false for"
                    + " the plain sum",
            value = "true")
        boolean mean) {

  /** Checks that the heads share the rank. */
  public MietConfig {
    if (rank % heads != 0) {
      throw new IllegalArgumentException(
          "rank " + rank + " cannot be split over " + heads + " heads");
    }
  }
}
