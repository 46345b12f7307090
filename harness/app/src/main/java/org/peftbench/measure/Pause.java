package org.peftbench.measure;

/** Waits between two readings of a GPU; tests play what happens meanwhile. */
@FunctionalInterface
interface Pause {

  /** Waits. */
  void of(long millis) throws InterruptedException;
}
