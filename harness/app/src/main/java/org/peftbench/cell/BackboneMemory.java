package org.peftbench.cell;

/** Where the values of a backbone's blocks are while it runs; what it computes is the same. */
public enum BackboneMemory {
  /** All of them in memory, all the time. */
  RESIDENT("resident"),
  /** In the weight file: of the blocks, one is in memory as it runs, and the next is read. */
  STREAMED("streamed");

  private final String word;

  BackboneMemory(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
