package org.peftbench.task;

import java.util.Locale;

/** The groups that VTAB's means are taken over. */
public enum TaskGroup {
  /** Photographs from the web. */
  NATURAL,
  /** Images from special instruments: medicine, remote sensing. */
  SPECIALIZED,
  /** Counting, distance, pose; mostly rendered. */
  STRUCTURED,
  /** Not of VTAB-1K: a user's own folder. */
  OTHER;

  /** The group's name in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
