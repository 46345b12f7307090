package org.peftbench.measure.nvml;

import java.util.Set;

/**
 * The process whose share of a GPU's memory is sought.
 *
 * @param pid by the system's own count
 * @param siblings pids that the driver may list and that surely are other processes
 * @param alias whether the driver may list it under another pid, as in a container, where the
 *     driver counts as the host does
 */
public record Sought(long pid, Set<Long> siblings, boolean alias) {

  /** Copies the siblings. */
  public Sought {
    siblings = Set.copyOf(siblings);
  }
}
