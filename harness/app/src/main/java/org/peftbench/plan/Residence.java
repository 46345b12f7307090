package org.peftbench.plan;

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
            hasFile && weights(method) > bytes.orElse(Long.MAX_VALUE) * LARGEST_SHARE
                ? BackboneMemory.STREAMED
                : BackboneMemory.RESIDENT);
  }

  private long weights(MethodFacts method) {
    return NeededMemory.of(method, config, precision).weights();
  }

  /** Why a method cannot be trained here, whatever the batch; empty if it may fit. */
  Optional<String> tooLarge(MethodFacts method) {
    NeededMemory needed = NeededMemory.of(method, config, precision);
    if (of(method) == BackboneMemory.STREAMED || needed.bytes() <= bytes.orElse(Long.MAX_VALUE)) {
      return Optional.empty();
    }
    return Optional.of(
        "weights of %s, gradients of %s and moments of %s are %s before the first activation, more than the %s that there are"
            .formatted(
                NeededMemory.gib(needed.weights()),
                NeededMemory.gib(needed.gradients()),
                NeededMemory.gib(needed.moments()),
                NeededMemory.gib(needed.bytes()),
                NeededMemory.gib(bytes.getAsLong())));
  }
}
