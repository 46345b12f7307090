package org.peftbench.report;

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

  /** What a file in this format ends with, without the dot. */
  public String extension() {
    return extension;
  }

  @Override
  public String toString() {
    return word;
  }
}
