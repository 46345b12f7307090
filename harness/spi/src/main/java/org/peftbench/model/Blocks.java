package org.peftbench.model;

import ai.djl.ndarray.NDArray;
import org.jspecify.annotations.Nullable;

/**
 * The transformer blocks {@code 0} to {@code L-1}, one after the other: (B, N, D) to (B, N, D). The
 * input is closed once the first block has read it, as every map in between is.
 */
public final class Blocks extends Part {

  private final int depth;
  private BlockSupply supply = BlockSupply.RESIDENT;

  Blocks(ViTConfig config) {
    depth = config.depth();
    for (int i = 0; i < depth; i++) {
      add(Integer.toString(i), new TransformerBlock(config));
    }
  }

  /** L, the number of blocks. */
  public int depth() {
    return depth;
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(() -> run(x, depth, training, null));
  }

  /** From now on blocks have their values from there. */
  void supplyFrom(BlockSupply other) {
    supply = other;
  }

  private NDArray supplied(int i, NDArray before, boolean training) {
    supply.bring(i);
    NDArray after = part(Integer.toString(i)).forward(before, training);
    supply.release(i);
    return after;
  }

  /** Runs the first blocks, and shows the collector what is before each and after the last. */
  NDArray run(NDArray embedded, int blocks, boolean training, @Nullable TapCollector collector) {
    NDArray x = embedded;
    for (int i = 0; i <= blocks; i++) {
      if (i > 0) {
        NDArray before = x;
        x = supplied(i - 1, before, training);
        boolean kept = before == x || (collector != null && collector.keeps(before));
        if (!kept) {
          before.close(); // memory must not grow with depth
        }
      }
      if (collector != null) {
        collector.visit(i, x);
      }
    }
    return x;
  }
}
