package org.peftbench.measure.nvml;

import java.util.Locale;

/** How the memory of one process on a GPU is known. */
public enum Attribution {
  /** The driver lists the process by its pid. */
  PID,
  /** The driver lists one process more than before, under a pid that is not the process's own. */
  NEWPID,
  /** The device's memory grew while no other process was listed. */
  DELTA,
  /** It is not known. */
  NONE;

  /** The word for it in a record. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
