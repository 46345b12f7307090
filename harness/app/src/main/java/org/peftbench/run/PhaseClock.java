package org.peftbench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.measure.ResidentPeak;
import org.peftbench.result.PhaseCost;

/** Cuts a child's life into phases, reading time and memory at each edge. */
final class PhaseClock {

  /** From starting the process to its first word: the JVM. */
  private static final String FIRST = "start";

  private final ResidentPeak memory;
  private final List<PhaseCost> costs = new ArrayList<>();
  private String phase = FIRST;
  private long began = System.nanoTime();

  PhaseClock(ResidentPeak memory) {
    this.memory = memory;
  }

  /** Ends the present phase and begins another; the child waits meanwhile. */
  PhaseCost enter(String next) {
    PhaseCost cost = end();
    memory.reset();
    phase = next;
    began = System.nanoTime();
    return cost;
  }

  /** Ends the present phase. */
  PhaseCost end() {
    Optional<Long> peak = memory.bytes();
    PhaseCost cost = new PhaseCost(phase, (System.nanoTime() - began) / 1e9, peak);
    costs.add(cost);
    return cost;
  }

  /** A phase that was spared, with what it cost when it ran. */
  void reused(PhaseCost cost) {
    costs.add(cost);
  }

  String phase() {
    return phase;
  }

  List<PhaseCost> costs() {
    return List.copyOf(costs);
  }
}
