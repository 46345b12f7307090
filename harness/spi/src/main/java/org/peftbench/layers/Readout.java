package org.peftbench.layers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import org.peftbench.model.Init;
import org.peftbench.model.LayerNorm;
import org.peftbench.model.Linear;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.ViTConfig.Pooling;

/**
 * The last step of a narrow transformer: LayerNorm, the backbone's pooling, and up to the
 * backbone's width: (B, N, D/r) to (B, D).
 *
 * <ul>
 *   <li>{@code norm} (D/r, D/r)
 *   <li>{@code up.weight} (D, D/r), {@code up.bias} (D)
 * </ul>
 */
public final class Readout extends Part {

  private final Pooling pooling;

  /**
   * Makes a readout.
   *
   * @param narrow sizes of the narrow transformer
   * @param width D
   * @param up first values of the up-projection
   * @param bias whether the up-projection has one
   */
  public Readout(ViTConfig narrow, long width, Init up, boolean bias) {
    this.pooling = narrow.pooling();
    add("norm", new LayerNorm(narrow.width(), narrow.layerNormEps()));
    add("up", new Linear(narrow.width(), width, up, bias));
  }

  /** Counts the values of a readout. */
  public static long values(ViTConfig narrow, long width, boolean bias) {
    return 2L * narrow.width() + narrow.width() * width + (bias ? width : 0);
  }

  @Override
  public NDArray forward(NDArray tokens, boolean training) {
    // The projection is linear: after pooling it gives the same, N times cheaper.
    return scoped(() -> part("up").forward(pooled(tokens, training), training));
  }

  private NDArray pooled(NDArray tokens, boolean training) {
    if (pooling == Pooling.CLS) {
      return part("norm").forward(tokens.get(new NDIndex(":, 0")), training);
    }
    NDArray patches = tokens.get(new NDIndex(":, 1:"));
    return part("norm").forward(patches, training).mean(new int[] {1});
  }
}
