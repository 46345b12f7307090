package org.peftbench.cell;

import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;

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

  /**
   * Counts the bytes of frozen blocks that are in the memory of a device at once. A GPU has one
   * streamed block; in the machine's own memory one runs where it was read, in float32, while the
   * next is read, and beside a copy if it runs in bfloat16.
   */
  public long blockBytes(ViTConfig backbone, Precision precision, DeviceType device) {
    ViTConfig one = backbone.withDepth(1);
    ViTConfig two = backbone.withDepth(2);
    long values = two.values() - one.values();
    long held = precision.bytes(values, two.productValues() - one.productValues());
    if (this == RESIDENT) {
      return backbone.depth() * held;
    }
    if (device == DeviceType.CUDA) {
      return held;
    }
    long read = values * Float.BYTES;
    return 2 * read + (precision.holdsFrozenLow() ? held : 0);
  }

  @Override
  public String toString() {
    return word;
  }
}
