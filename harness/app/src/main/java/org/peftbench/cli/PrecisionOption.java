package org.peftbench.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

  /**
   * The one that was given, if any.
   *
   * @throws WrongInputException if there is none of that name
   */
  Optional<Precision> given() {
    return Optional.ofNullable(word).map(PrecisionOption::named);
  }

  /**
   * Those of a list, each once.
   *
   * @throws WrongInputException if there is none of a name
   */
  List<Precision> several() {
    return word == null
        ? List.of(Precision.FLOAT32)
        : Stream.of(word.split(",", -1)).map(PrecisionOption::named).distinct().toList();
  }

  private static Precision named(String word) {
    return Words.named("--precision", word, List.of(Precision.values()));
  }
}
