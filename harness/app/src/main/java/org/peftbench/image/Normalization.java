package org.peftbench.image;

import java.nio.FloatBuffer;

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
  private final float[][] values;

  Normalization(String word, float[] mean, float[] std) {
    this.word = word;
    this.mean = mean;
    this.std = std;
    this.values = new float[mean.length][256];
    for (int channel = 0; channel < mean.length; channel++) {
      for (int level = 0; level < 256; level++) {
        values[channel][level] = (level / 255f - mean[channel]) / std[channel];
      }
    }
  }

  /** What is subtracted from red, green and blue. */
  public float[] mean() {
    return mean.clone();
  }

  /** What red, green and blue are then divided by. */
  public float[] std() {
    return std.clone();
  }

  /**
   * Writes an image as the backbone wants it.
   *
   * @param hwcPixels (size, size, 3), a byte a value
   * @param chw receives (3, size, size) from its position on, which moves past them
   */
  public void toFloats(byte[] hwcPixels, int size, FloatBuffer chw) {
    int channels = values.length;
    if (hwcPixels.length != channels * size * size) {
      throw new IllegalArgumentException(
          hwcPixels.length + " bytes are not an RGB image of " + size + " x " + size + " pixels");
    }
    float[] plane = new float[size * size];
    for (int channel = 0; channel < channels; channel++) {
      float[] table = values[channel];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = table[hwcPixels[channels * i + channel] & 255];
      }
      chw.put(plane);
    }
  }

  /** {@code imagenet}, {@code inception} or {@code none}. */
  @Override
  public String toString() {
    return word;
  }
}
