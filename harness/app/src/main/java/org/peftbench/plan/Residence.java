package org.peftbench.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.peftbench.WrongInputException;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;
import org.peftbench.plugin.MethodFacts;

/**
 * Where a backbone lies, and whether a cell can fit into the memory that there is at all.
 *
 * @param wanted where its blocks are to be; empty for in memory where they fit
 * @param bytes that a cell's process may hold; empty if that is not known
 * @param config the backbone's sizes
 * @param precision of its arithmetic
 * @param hasFile whether its values are in a file of this machine
 */
record Residence(
    Optional<BackboneMemory> wanted,
    OptionalLong bytes,
    ViTConfig config,
    Precision precision,
    boolean hasFile) {

  /** What else takes memory while a method reads a backbone that fills the rest: a fifth. */
  private static final double LARGEST_SHARE = 0.8;

  private static final int HELD_LOW_BYTES = 2;

  /** Gradient, and AdamW's two moments. */
  private static final int STATE_BYTES = 3 * Float.BYTES;

  private static final double GIB = 1L << 30;

  /**
   * Where the backbone of a method lies. One that is changed is in memory.
   *
   * @throws WrongInputException if it is to be streamed and there is no file
   */
  BackboneMemory of(MethodFacts method) {
    if (method.taps().isEmpty()) {
      return BackboneMemory.RESIDENT;
    }
    if (wanted.equals(Optional.of(BackboneMemory.STREAMED)) && !hasFile) {
      throw new WrongInputException(
          "--backbone-memory streamed needs a weight file; bench weights random writes one");
    }
    return wanted.orElseGet(
        () ->
            hasFile && weightBytes(method) > bytes.orElse(Long.MAX_VALUE) * LARGEST_SHARE
                ? BackboneMemory.STREAMED
                : BackboneMemory.RESIDENT);
  }

  /** Why a method cannot be trained here, whatever the batch; empty if it may fit. */
  Optional<String> tooLarge(MethodFacts method) {
    long weights = weightBytes(method);
    long gradients = method.trainableParameters() * Float.BYTES;
    long moments = method.trainableParameters() * (STATE_BYTES - Float.BYTES);
    long all = weights + gradients + moments;
    if (of(method) == BackboneMemory.STREAMED || all <= bytes.orElse(Long.MAX_VALUE)) {
      return Optional.empty();
    }
    return Optional.of(
        "weights of %s, gradients of %s and moments of %s are %s before the first activation, more than the %s that there are"
            .formatted(
                gib(weights), gib(gradients), gib(moments), gib(all), gib(bytes.getAsLong())));
  }

  /** Of backbone and method in memory; what is frozen of it may be held in bfloat16. */
  private long weightBytes(MethodFacts method) {
    boolean inside = method.taps().isEmpty();
    long trained = method.trainableParameters();
    long low =
        precision.holdsFrozenLow()
            ? Math.max(0, config.productValues() - (inside ? trained : 0))
            : 0;
    return (config.values() + (inside ? 0 : trained)) * Float.BYTES
        - low * (Float.BYTES - HELD_LOW_BYTES);
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / GIB);
  }
}
