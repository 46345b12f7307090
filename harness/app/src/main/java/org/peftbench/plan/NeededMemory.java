package org.peftbench.plan;

import java.util.Locale;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodFacts;

/**
 * What a method holds in training whatever the batch: counted, not measured.
 *
 * @param weights of backbone and method; what is frozen may be held in bfloat16
 * @param gradients of what is trained
 * @param moments AdamW's two of each trained value
 */
public record NeededMemory(long weights, long gradients, long moments) {

  private static final double GIB = 1L << 30;

  /** Counts the bytes of a method on a backbone in memory; the head is not counted. */
  public static NeededMemory of(MethodFacts method, ViTConfig backbone, Precision precision) {
    boolean inside = method.taps().isEmpty();
    long trained = method.trainableParameters();
    long frozenFactors = Math.max(0, backbone.productValues() - (inside ? trained : 0));
    long values = backbone.values() + (inside ? 0 : trained);
    return new NeededMemory(
        precision.bytes(values, frozenFactors), trained * Float.BYTES, 2 * trained * Float.BYTES);
  }

  /** All of it. */
  public long bytes() {
    return weights + gradients + moments;
  }

  /** A number of bytes as it is printed. */
  public static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / GIB);
  }
}
