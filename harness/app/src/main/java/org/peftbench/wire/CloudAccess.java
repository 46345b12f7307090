package org.peftbench.wire;

/**
 * A cloud that a cell has its features from.
 *
 * @param reach how it is reached
 * @param info what it was when the cell was planned
 * @param type how features travel
 * @param latencyImages that are timed one by one with the trained network; 0 for none
 */
public record CloudAccess(Reach reach, CloudInfo info, FeatureType type, int latencyImages) {

  /** Checks the number. */
  public CloudAccess {
    if (latencyImages < 0) {
      throw new IllegalArgumentException(latencyImages + " images");
    }
  }
}
