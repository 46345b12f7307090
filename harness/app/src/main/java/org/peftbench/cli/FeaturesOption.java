package org.peftbench.cli;

import java.util.Optional;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;
import org.peftbench.cell.Features;
import picocli.CommandLine.Option;

/** The option of every command whose cells have a backbone: how often it runs. */
final class FeaturesOption {

  @Option(
      names = "--features",
      paramLabel = "live|cached|cached-float16|auto",
      defaultValue = "auto",
      description =
          "where a side method's taps come from: the backbone at each step, or a cache filled once;"
              + " auto caches taps that are smaller than the image (default: ${DEFAULT-VALUE})")
  String word = "";

  /** The one that was given; empty for what suits each method. */
  Optional<Features> given() {
    if (word.equals("auto")) {
      return Optional.empty();
    }
    return Optional.of(
        Stream.of(Features.values())
            .filter(known -> !known.isCloud() && known.toString().equals(word))
            .findFirst()
            .orElseThrow(
                () ->
                    new WrongInputException(
                        "--features "
                            + word
                            + " is not known; known: auto, live, cached, cached-float16")));
  }
}
