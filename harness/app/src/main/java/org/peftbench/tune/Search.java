package org.peftbench.tune;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;

/** In what order a space is searched. */
public enum Search {
  /** Every combination of choices, and of as many levels of each range as there are trials for. */
  GRID,
  /** Independent points. */
  RANDOM,
  /** Points of Halton's sequence, which leave no part of the space out for long. */
  HALTON;

  /**
   * Finds a search by its word.
   *
   * @throws WrongInputException if there is none
   */
  public static Search named(String word) {
    return Arrays.stream(values())
        .filter(search -> search.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "--search %s is not known; known: %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Search::toString)
                                .collect(Collectors.joining(", ")))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
