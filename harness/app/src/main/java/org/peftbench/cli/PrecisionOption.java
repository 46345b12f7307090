package org.peftbench.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.WrongInputException;
import org.peftbench.model.Precision;
import picocli.CommandLine.Option;

/** The option of every command that trains with a method: in what arithmetic. */
final class PrecisionOption {

  @Option(
      names = "--precision",
      paramLabel = "float32|tf32|bfloat16|mixed",
      description =
          "arithmetic: bfloat16 for the frozen backbone alone, or mixed (autocast, float32 values)"
              + " for all; tf32 on GPUs (default: the profile's, which is float32)")
  @Nullable String word;

  Optional<Precision> given() {
    try {
      return Optional.ofNullable(word).map(Precision::named);
    } catch (IllegalArgumentException e) {
      throw new WrongInputException("--precision " + e.getMessage(), e);
    }
  }
}
