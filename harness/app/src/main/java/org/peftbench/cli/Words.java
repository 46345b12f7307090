package org.peftbench.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.WrongInputException;

/** Options whose values are words, each the {@code toString} of what it stands for. */
final class Words {

  private static final String AUTO = "auto";

  private Words() {}

  /**
   * What a word stands for.
   *
   * @throws WrongInputException if it is none of them
   */
  static <T> T named(String option, String word, List<T> known) {
    return find(word, known).orElseThrow(() -> unknown(option, word, known.stream()));
  }

  /**
   * What a word stands for; empty for {@code auto}.
   *
   * @throws WrongInputException if it is neither that nor one of them
   */
  static <T> Optional<T> namedOrAuto(String option, String word, List<T> known) {
    if (word.equals(AUTO)) {
      return Optional.empty();
    }
    return Optional.of(
        find(word, known)
            .orElseThrow(
                () -> unknown(option, word, Stream.concat(Stream.of(AUTO), known.stream()))));
  }

  private static <T> Optional<T> find(String word, List<T> known) {
    return known.stream().filter(one -> one.toString().equals(word)).findFirst();
  }

  private static WrongInputException unknown(String option, String word, Stream<?> known) {
    return new WrongInputException(
        "%s %s is not known; known: %s"
            .formatted(
                option, word, known.map(Object::toString).collect(Collectors.joining(", "))));
  }
}
