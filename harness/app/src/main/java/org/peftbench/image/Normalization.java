package org.peftbench.image;

/** How pixel values in [0, 1] are shifted and scaled for the backbone: (value - mean) / std. */
@SuppressWarnings("ImmutableEnumChecker") // the arrays are filled once and never leave
public enum Normalization {
  /** Mean and standard deviation of ImageNet. */
  IMAGENET("imagenet", new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f}),
  /** To [-1, 1], as the ViT weights of Google were trained. */
  INCEPTION("inception", new float[] {0.5f, 0.5f, 0.5f}, new float[] {0.5f, 0.5f, 0.5f}),
  /** Left in [0, 1]. */
  NONE("none", new float[] {0f, 0f, 0f}, new float[] {1f, 1f, 1f});

  private final String word;
  private final float[] mean;
  private final float[] std;

  Normalization(String word, float[] mean, float[] std) {
    this.word = word;
    this.mean = mean;
    this.std = std;
  }

  /** What is subtracted from red, green and blue. */
  public float[] mean() {
    return mean.clone();
  }

  /** What red, green and blue are then divided by. */
  public float[] std() {
    return std.clone();
  }

  /** {@code imagenet}, {@code inception} or {@code none}. */
  @Override
  public String toString() {
    return word;
  }
}
