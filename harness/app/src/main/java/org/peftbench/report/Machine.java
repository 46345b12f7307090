package org.peftbench.report;

import java.util.Comparator;
import java.util.Optional;
import org.peftbench.result.CellRecord;
import org.peftbench.result.GpuUse;
import org.peftbench.result.Provenance;
import org.peftbench.result.Watched;

/** What must be equal, besides the setting, for two costs to be compared. */
record Machine(String cpu, int threads, String accelerator, String engine, String memoryMethod)
    implements Comparable<Machine> {

  static Machine of(CellRecord record) {
    Provenance provenance = record.provenance();
    return new Machine(
        provenance.cpu(),
        provenance.threads(),
        gpu(record).orElse(provenance.accelerator()),
        provenance.engine(),
        provenance.memoryMethod());
  }

  /** Its name and driver: all machines call their first GPU cuda:0. */
  private static Optional<String> gpu(CellRecord record) {
    return record
        .watched()
        .flatMap(Watched::gpu)
        .map(GpuUse::facts)
        .flatMap(
            facts ->
                facts
                    .name()
                    .map(name -> name + facts.driver().map(d -> " (driver " + d + ")").orElse("")));
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
            + (accelerator.isEmpty() ? ", memory by " : ", memory by NVML, the host's by ")
            + memoryMethod);
  }

  @Override
  public int compareTo(Machine other) {
    return Comparator.comparing(Machine::words).compare(this, other);
  }
}
