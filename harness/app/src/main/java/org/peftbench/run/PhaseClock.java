package org.peftbench.run;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.cell.Phase;
import org.peftbench.measure.Watch;
import org.peftbench.result.PhaseCost;

/** Cuts a child's life into phases, reading time, memory and energy at each edge. */
final class PhaseClock {

  private final Watch watch;
  private final boolean alone;
  private final List<PhaseCost> costs = new ArrayList<>();
  private Phase phase = Phase.START;
  private long began = System.nanoTime();

  /**
   * A clock.
   *
   * @param alone whether no other cell runs meanwhile, whose energy would be counted too
   */
  PhaseClock(Watch watch, boolean alone) {
    this.watch = watch;
    this.alone = alone;
  }

  /** Ends the present phase and begins another; the child waits meanwhile. */
  PhaseCost enter(Phase next) {
    PhaseCost cost = end();
    phase = next;
    began = System.nanoTime();
    return cost;
  }

  /** Ends the present phase. */
  PhaseCost end() {
    double seconds = (System.nanoTime() - began) / 1e9;
    PhaseCost found = watch.edge(phase, seconds);
    PhaseCost cost = alone ? found : found.withoutCpuEnergy();
    costs.add(cost);
    return cost;
  }

  /** A phase that was spared, with what it cost when it ran. */
  void reused(PhaseCost cost) {
    costs.add(cost);
  }

  Phase phase() {
    return phase;
  }

  List<PhaseCost> costs() {
    return List.copyOf(costs);
  }
}
