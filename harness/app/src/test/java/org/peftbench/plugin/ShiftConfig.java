package org.peftbench.plugin;

import org.peftbench.spi.Option;

/** One hyper-parameter of every type. */
public record ShiftConfig(
    @Option(doc = "how often", value = "2", min = 1, max = 64) int steps,
    @Option(doc = "a large number", value = "0", min = 0) long offset,
    @Option(doc = "how much", value = "1", max = 10) double scale,
    @Option(doc = "whether it begins at zero", value = "true") boolean zeroInit,
    @Option(doc = "where", value = "both-ends") Place place,
    @Option(doc = "a remark", value = "none") String remark) {

  /** An enum with a name of two words. */
  public enum Place {
    BOTH_ENDS,
    MIDDLE
  }

  public ShiftConfig {
    if (offset > 0 && zeroInit) {
      throw new IllegalArgumentException("offset " + offset + " cannot begin at zero");
    }
  }
}
