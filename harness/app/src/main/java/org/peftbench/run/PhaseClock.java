package org.peftbench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Phase;
import org.peftbench.measure.Watch;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Streamed;

/** Cuts a child's life into phases, reading time, memory and energy at each edge. */
final class PhaseClock {

  private final Watch watch;
  private final boolean alone;
  private final List<PhaseCost> costs = new ArrayList<>();
  private Phase phase = Phase.START;
  private boolean left;
  private Optional<Streamed> streamed = Optional.empty();
  private Optional<PhaseCost> before = Optional.empty();
  private double sparedSeconds;
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

  /**
   * Ends the present phase; the child waits meanwhile.
   *
   * @throws IllegalArgumentException if it has ended
   */
  PhaseCost leave() {
    require(!left, "phase " + phase + " ends twice");
    double seconds = (System.nanoTime() - began) / 1e9;
    PhaseCost found = watch.leave(phase, seconds);
    PhaseCost now = (alone ? found : found.withoutCpuEnergy()).reading(streamed);
    PhaseCost whole = before.map(earlier -> earlier.plus(now)).orElse(now);
    PhaseCost cost = sparedSeconds == 0 ? whole : whole.after(sparedSeconds);
    sparedSeconds = 0;
    streamed = Optional.empty();
    before = Optional.empty();
    costs.add(cost);
    left = true;
    return cost;
  }

  /**
   * Begins another phase; the child waits meanwhile.
   *
   * @throws IllegalArgumentException if it is not behind the present one, which must have ended
   */
  void enter(Phase next) {
    require(left && isAhead(next), "phase " + next + " begins in phase " + phase);
    watch.enter();
    phase = next;
    left = false;
    began = System.nanoTime();
  }

  /** Ends the present phase with the child's life, unless it has been left. */
  void end() {
    if (!left) {
      leave();
    }
  }

  /** What the phase has read of its backbone, besides what was told before. */
  void read(Streamed more) {
    streamed = Optional.of(streamed.map(told -> told.plus(more)).orElse(more));
  }

  /**
   * The phase goes on with what an earlier process had done of it.
   *
   * @throws IllegalArgumentException if that was another
   */
  void resumed(PhaseCost spent) {
    require(spent.phase() == phase && !left, "phase " + spent.phase() + " goes on in " + phase);
    before = Optional.of(spent);
  }

  /**
   * The phase was spared a part of it, which an earlier process had done.
   *
   * @param seconds it took
   * @throws IllegalArgumentException if they are no seconds, or the phase has ended
   */
  void spared(double seconds) {
    require(seconds >= 0 && Double.isFinite(seconds) && !left, seconds + " s spared in " + phase);
    sparedSeconds += seconds;
  }

  /**
   * A phase that was spared, with what it cost when it ran.
   *
   * @throws IllegalArgumentException if it is not behind the present one
   */
  void reused(PhaseCost cost) {
    require(isAhead(cost.phase()), "phase " + cost.phase() + " was spared in " + phase);
    costs.add(cost);
  }

  /** Each comes once, in order. */
  private boolean isAhead(Phase next) {
    return next.compareTo(phase) > 0 && costs.stream().noneMatch(cost -> cost.phase() == next);
  }

  private static void require(boolean possible, String what) {
    if (!possible) {
      throw new IllegalArgumentException(what);
    }
  }

  Phase phase() {
    return phase;
  }

  List<PhaseCost> costs() {
    return List.copyOf(costs);
  }
}
