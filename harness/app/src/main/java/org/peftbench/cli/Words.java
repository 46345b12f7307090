package org.peftbench.cli;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;

/** Options whose values are words. */
final class Words {

  private static final String AUTO = "auto";

  private Words() {}

  /**
   * What a word stands for whose {@code toString} it is.
   *
   * @throws WrongInputException if it is none of them
   */
  static <T> T named(String option, String word, List<T> known) {
    return named(option, word, known, T::toString);
  }

  /**
   * What a word stands for.
   *
   * @param spelled the word of each
   * @throws WrongInputException if it is none of them
   */
  static <T> T named(String option, String word, List<T> known, Function<T, String> spelled) {
    return known.stream()
        .filter(one -> spelled.apply(one).equals(word))
        .findFirst()
        .orElseThrow(() -> unknown(option, word, known.stream().map(spelled)));
  }

  /**
   * What a word stands for; empty for {@code auto}.
   *
   * @throws WrongInputException if it is neither that nor one of them
   */
  static <T> Optional<T> namedOrAuto(String option, String word, List<T> known) {
    Stream<Optional<T>> all =
        Stream.concat(Stream.of(Optional.empty()), known.stream().map(Optional::of));
    return named(option, word, all.toList(), one -> one.map(T::toString).orElse(AUTO));
  }

  /** The refusal of a word that is none of those that are known. */
  static WrongInputException unknown(String option, String word, Stream<String> known) {
    return new WrongInputException(
        "%s %s is not known; known: %s"
            .formatted(option, word, known.collect(Collectors.joining(", "))));
  }
}
