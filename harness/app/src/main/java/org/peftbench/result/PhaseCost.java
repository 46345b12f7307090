package org.peftbench.result;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.peftbench.cell.Phase;

/**
 * What one phase of a cell took.
 *
 * @param phase the phase
 * @param seconds wall time between the phase's edges
 * @param peakResidentBytes the child's peak resident set within the phase; empty if unavailable
 * @param gpu what it took of the GPU; empty on a CPU, and where no driver tells
 * @param cpuJoules energy of all processors, whoever used them; empty if unavailable, and where
 *     other cells ran beside
 * @param streamed what it read of a backbone whose blocks are not kept in memory; empty if all are
 */
public record PhaseCost(
    Phase phase,
    double seconds,
    Optional<Long> peakResidentBytes,
    Optional<GpuCost> gpu,
    Optional<Double> cpuJoules,
    Optional<Streamed> streamed) {

  /** Checks that the cost is not negative. */
  public PhaseCost {
    if (!(seconds >= 0) || peakResidentBytes.orElse(0L) < 0) {
      throw new IllegalArgumentException(
          "phase " + phase + " took " + seconds + " s and " + peakResidentBytes + " bytes");
    }
  }

  /** A phase of which time and memory alone are known. */
  public PhaseCost(Phase phase, double seconds, Optional<Long> peakResidentBytes) {
    this(phase, seconds, peakResidentBytes, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Both parts of a phase that was stopped and went on; GPU and energy are known of one alone. */
  public PhaseCost plus(PhaseCost later) {
    return new PhaseCost(
        phase,
        seconds + later.seconds,
        Stream.of(peakResidentBytes, later.peakResidentBytes)
            .flatMap(Optional::stream)
            .max(Comparator.naturalOrder()),
        Optional.empty(),
        Optional.empty(),
        Stream.of(streamed, later.streamed).flatMap(Optional::stream).reduce(Streamed::plus));
  }

  /** The same with a part that was done before, of which the time alone is known. */
  public PhaseCost after(double earlierSeconds) {
    double whole = earlierSeconds + seconds;
    return new PhaseCost(phase, whole, peakResidentBytes, gpu, Optional.empty(), streamed);
  }

  /** The same, with what it read of a backbone. */
  public PhaseCost reading(Optional<Streamed> read) {
    return new PhaseCost(phase, seconds, peakResidentBytes, gpu, cpuJoules, read);
  }

  /** The same, where what the processors took is known to be not this phase's alone. */
  public PhaseCost withoutCpuEnergy() {
    return new PhaseCost(phase, seconds, peakResidentBytes, gpu, Optional.empty(), streamed);
  }
}
