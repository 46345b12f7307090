package org.peftbench.report;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.peftbench.WrongInputException;

/** The forms that a report can be printed in. */
public enum Format {
  /** GitHub's Markdown, padded so that it can also be read as it is. */
  MD("md", "md"),
  /** One number a line, unrounded. */
  CSV("csv", "csv"),
  /** Tables for a paper; needs the packages booktabs and graphicx. */
  LATEX("latex", "tex"),
  /** Everything, with the record files that each number came from. */
  JSON("json", "json"),
  /** One page that needs nothing else. */
  HTML("html", "html");

  private final String word;
  private final String extension;

  Format(String word, String extension) {
    this.word = word;
    this.extension = extension;
  }

  /**
   * Finds a format by its word.
   *
   * @throws WrongInputException if there is none
   */
  public static Format named(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongInputException(
                    "unknown format '"
                        + word
                        + "'; known: "
                        + Arrays.stream(values())
                            .map(Format::toString)
                            .collect(Collectors.joining(", "))));
  }

  /** What a file in this format ends with, without the dot. */
  public String extension() {
    return extension;
  }

  @Override
  public String toString() {
    return word;
  }
}
