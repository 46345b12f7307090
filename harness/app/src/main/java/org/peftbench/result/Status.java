package org.peftbench.result;

import com.fasterxml.jackson.annotation.JsonValue;

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
  @JsonValue
  public String toString() {
    return word;
  }
}
