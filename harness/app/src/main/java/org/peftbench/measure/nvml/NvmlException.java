package org.peftbench.measure.nvml;

/**
 * The driver, or a GPU, does not work: what it was measured with cannot be believed any more.
 *
 * <p>The message is one line in the driver's own words. It is checked, because a GPU can be lost at
 * any moment and whoever reads one must say what then becomes of the measurement.
 */
public final class NvmlException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean passing;

  NvmlException(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /**
   * Whether the driver only could not answer this once, as it says under load: unless that is
   * repeated, nothing is broken.
   */
  public boolean isPassing() {
    return passing;
  }
}
