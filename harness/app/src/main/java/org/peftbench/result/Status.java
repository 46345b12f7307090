package org.peftbench.result;

/** How a cell ended. */
public enum Status {
  /** It ran to the end and has an accuracy. */
  SUCCEEDED,
  /** It did not; {@link Failure} says why. */
  FAILED
}
