package org.peftbench.cell;

/** Where the taps that a side method trains on come from. */
public enum Features {
  /** The backbone runs at each step, as it does for every backbone method. */
  LIVE("live"),
  /** The backbone runs once; taps are read back from disk, in float32. */
  CACHED("cached"),
  /** As {@link #CACHED}, stored in float16. */
  CACHED_FLOAT16("cached-float16");

  private final String word;

  Features(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
