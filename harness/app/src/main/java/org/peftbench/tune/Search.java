package org.peftbench.tune;

import java.util.Locale;

/** In what order a space is searched. */
public enum Search {
  /** Every combination of choices, and of as many levels of each range as there are trials for. */
  GRID,
  /** Independent points. */
  RANDOM,
  /** Points of Halton's sequence, which leave no part of the space out for long. */
  HALTON;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
