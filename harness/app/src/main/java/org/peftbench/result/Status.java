package org.peftbench.result;

/** How a cell ended. */
public enum Status {
  /** It ran to the end and has an accuracy. */
  SUCCEEDED("succeeded"),
  /** It did not; {@link Failure} says why. */
  FAILED("failed");

  private final String word;

  Status(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
