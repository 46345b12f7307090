package org.peftbench.measure;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pids of a run's children, also of those that have ended, for a driver may list them a little
 * longer; in a container also the pids under which the driver lists them, once they are known. None
 * of them is a stranger. Safe for threads.
 */
final class OwnProcesses {

  private final Set<Long> pids = ConcurrentHashMap.newKeySet();

  void add(long pid) {
    pids.add(pid);
  }

  /** All but one, as seen by that one. */
  Set<Long> siblingsOf(long pid) {
    Set<Long> siblings = new HashSet<>(pids);
    siblings.remove(pid);
    return siblings;
  }

  boolean has(long pid) {
    return pids.contains(pid);
  }
}
