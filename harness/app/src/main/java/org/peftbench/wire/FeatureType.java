package org.peftbench.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Features;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;

/** How the values of a tap travel. */
public enum FeatureType {
  /** As they are. */
  FLOAT32(Features.CLOUD, "float32", Float.BYTES, 0),
  /** Rounded to 16-bit IEEE floats. */
  FLOAT16(Features.CLOUD_FLOAT16, "float16", Short.BYTES, 0),
  /** -127 to 127, with a float32 scale for each token: value = int8 x scale. */
  INT8(Features.CLOUD_INT8, "int8", 1, Float.BYTES);

  private final Features features;
  private final String word;
  private final int valueBytes;
  private final int tokenBytes;

  FeatureType(Features features, String word, int valueBytes, int tokenBytes) {
    this.features = features;
    this.word = word;
    this.valueBytes = valueBytes;
    this.tokenBytes = tokenBytes;
  }

  /** What cells call it whose features travel so. */
  public Features features() {
    return features;
  }

  /** How the features of such cells travel; empty if they do not. */
  public static Optional<FeatureType> of(Features features) {
    return Arrays.stream(values()).filter(type -> type.features == features).findFirst();
  }

  /** Bytes of an image's taps. */
  public long bytes(List<Tap> taps, ViTConfig config) {
    return taps.stream().mapToLong(tap -> bytes(tap.tokens(config), config.width())).sum();
  }

  /** Bytes of a map of so many tokens of so many values each. */
  public long bytes(int tokens, int width) {
    return (long) tokens * width * valueBytes + (long) tokens * tokenBytes;
  }

  @Override
  public String toString() {
    return word;
  }
}
