package org.peftbench.weights;

/**
 * The linear classifier on the representation that came with a backbone: logits = W x + b.
 *
 * @see BackboneWeights#head()
 */
public final class Head {

  private final BackboneWeights weights;
  private final int classes;

  Head(BackboneWeights weights, int classes) {
    this.weights = weights;
    this.classes = classes;
  }

  /** K, the number of classes. */
  public int classes() {
    return classes;
  }

  /** W (K, D), row by row. */
  public float[] weight() {
    return weights.readHead("head.weight", classes);
  }

  /** b (K). */
  public float[] bias() {
    return weights.readHead("head.bias", classes);
  }
}
