package org.peftbench.child;

/** Told how far a child is. */
@FunctionalInterface
public interface Progress {

  /** Called with steps or images done, and how many there are in all. */
  void at(long done, long total, String text);
}
