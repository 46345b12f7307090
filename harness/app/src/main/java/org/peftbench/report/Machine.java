package org.peftbench.report;

import java.util.Comparator;
import org.peftbench.result.Provenance;

/** What must be equal, besides the setting, for two costs to be compared. */
record Machine(String cpu, int threads, String accelerator, String engine, String memoryMethod)
    implements Comparable<Machine> {

  static Machine of(Provenance provenance) {
    return new Machine(
        provenance.cpu(),
        provenance.threads(),
        provenance.accelerator(),
        provenance.engine(),
        provenance.memoryMethod());
  }

  /** The machine for a caption, on one line. */
  String words() {
    return Text.oneLine(
        cpu
            + (accelerator.isEmpty() ? "" : ", " + accelerator)
            + ", "
            + threads
            + (threads == 1 ? " thread" : " threads")
            + ", "
            + engine
            + ", memory by "
            + memoryMethod);
  }

  @Override
  public int compareTo(Machine other) {
    return Comparator.comparing(Machine::words).compare(this, other);
  }
}
