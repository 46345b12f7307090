package org.peftbench.cell;

/** Where the taps that a side method trains on come from. */
public enum Features {
  /** The backbone runs at each step, as it does for every backbone method. */
  LIVE("live"),
  /** The backbone runs once; taps are read back from disk, in float32. */
  CACHED("cached"),
  /** As {@link #CACHED}, stored in float16. */
  CACHED_FLOAT16("cached-float16"),
  /** A cloud runs the backbone once; taps come over a network, in float32. */
  CLOUD("cloud"),
  /** As {@link #CLOUD}, in float16. */
  CLOUD_FLOAT16("cloud-float16"),
  /** As {@link #CLOUD}, in int8 with a scale for each token. */
  CLOUD_INT8("cloud-int8");

  private final String word;

  Features(String word) {
    this.word = word;
  }

  /** Whether taps come from another machine, so that there is no backbone on this one. */
  public boolean isCloud() {
    return this == CLOUD || this == CLOUD_FLOAT16 || this == CLOUD_INT8;
  }

  @Override
  public String toString() {
    return word;
  }
}
