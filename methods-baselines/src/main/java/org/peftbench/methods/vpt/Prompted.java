package org.peftbench.methods.vpt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import org.peftbench.model.Init;
import org.peftbench.model.Part;
import org.peftbench.model.ViTConfig;

/**
 * A frozen part that sees trained prompts between the class token and the patches: {@code prompts}
 * (P, D).
 *
 * <ul>
 *   <li>input (B, N, D), or (B, N + P, D) if earlier prompts stand where these go
 *   <li>output (B, N + P, D), or (B, N, D) if the prompts are taken out again
 * </ul>
 *
 * Like the blocks themselves, it closes its input once that is read.
 */
final class Prompted extends Part {

  private final long width;
  private final long prompts;
  private final double dropout;
  private final boolean first;
  private final boolean last;

  /**
   * Prompts for a part.
   *
   * @param first whether the prompts are inserted; otherwise they replace earlier ones
   * @param last whether they are taken out again; otherwise later ones replace them
   */
  Prompted(
      Part base, ViTConfig backbone, int prompts, double dropout, boolean first, boolean last) {
    this.width = backbone.width();
    this.prompts = prompts;
    this.dropout = dropout;
    this.first = first;
    this.last = last;
    add("base", base);
    parameter("prompts", Init.uniform(bound(backbone)), prompts, width);
  }

  /** Xavier's, for a projection of patches: its inputs and outputs together. */
  private static double bound(ViTConfig backbone) {
    double patch = (double) backbone.channels() * backbone.patchSize() * backbone.patchSize();
    return Math.sqrt(6 / (patch + backbone.width()));
  }

  @Override
  public NDArray forward(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray y = part("base").forward(prompted(x, training), training);
          return last ? joined(y, new NDList(), prompts) : y;
        });
  }

  private NDArray prompted(NDArray x, boolean training) {
    return scoped(
        () -> {
          NDArray own = value("prompts").broadcast(x.getShape().get(0), prompts, width);
          NDList between = new NDList(dropout(own, dropout, training));
          NDArray tokens = joined(x, between, first ? 0 : prompts);
          x.close();
          return tokens;
        });
  }

  /** The class token, what is put behind it, and the rest without its first tokens. */
  private static NDArray joined(NDArray x, NDList between, long skipped) {
    NDList tokens = new NDList(x.get(new NDIndex(":, :1")));
    tokens.addAll(between);
    tokens.add(x.get(new NDIndex(":, {}:", 1 + skipped)));
    return NDArrays.concat(tokens, 1);
  }
}
