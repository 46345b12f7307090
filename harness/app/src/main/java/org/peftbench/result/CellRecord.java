package org.peftbench.result;

import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Phase;

/**
 * Everything that is known of one cell that has ended.
 *
 * @param schema version of this format
 * @param cell what was to be measured
 * @param status how it ended
 * @param outcome what was found; present exactly if it succeeded
 * @param failure why not; present exactly if it failed
 * @param phases cost of each phase, in order
 * @param steps what the training steps took; present exactly if it succeeded
 * @param inference what the trained network takes; empty if it failed or shared a pass, if its
 *     backbone was streamed, and in records of schema 2
 * @param sharedPass the pass that it shared with other cells; empty if it ran alone
 * @param edge what it had of a cloud; empty if its backbone was its own
 * @param taints what makes its costs suspect, a sentence each
 * @param watched how it was watched between the phases' edges; empty in records of schema 2
 * @param endToEndSeconds from starting the child process to its end
 * @param provenance where and with what it was made
 */
public record CellRecord(
    int schema,
    Cell cell,
    Status status,
    Optional<Outcome> outcome,
    Optional<Failure> failure,
    List<PhaseCost> phases,
    Optional<StepTimes> steps,
    Optional<Inference> inference,
    Optional<SharedPass> sharedPass,
    Optional<EdgeUse> edge,
    List<String> taints,
    Optional<Watched> watched,
    double endToEndSeconds,
    Provenance provenance) {

  /** The format this version writes and reads. */
  public static final int SCHEMA = 8;

  /** Checks that outcome and failure go with the status. */
  public CellRecord {
    phases = List.copyOf(phases);
    taints = List.copyOf(taints);
    if (!(endToEndSeconds >= 0)) {
      throw new IllegalArgumentException("end to end in " + endToEndSeconds + " s");
    }
    if (outcome.isPresent() != (status == Status.SUCCEEDED)
        || steps.isPresent() != outcome.isPresent()
        || failure.isPresent() != (status == Status.FAILED)) {
      throw new IllegalArgumentException(
          "a record that " + status + " has an outcome or a failure that does not go with it");
    }
  }

  /** What a cell took, however it ended; each component is the record's. */
  public record Costs(
      List<PhaseCost> phases,
      Optional<SharedPass> sharedPass,
      Optional<EdgeUse> edge,
      List<String> taints,
      Optional<Watched> watched,
      double endToEndSeconds,
      Provenance provenance) {

    /** The costs of a cell for which no process was started. */
    public static Costs none(Provenance provenance) {
      return new Costs(
          List.of(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          0,
          provenance);
    }
  }

  /** The record of a cell that ran to the end. */
  public static CellRecord succeeded(
      Cell cell, Outcome outcome, StepTimes steps, Optional<Inference> inference, Costs costs) {
    return new CellRecord(
        SCHEMA,
        cell,
        Status.SUCCEEDED,
        Optional.of(outcome),
        Optional.empty(),
        costs.phases,
        Optional.of(steps),
        inference,
        costs.sharedPass,
        costs.edge,
        costs.taints,
        costs.watched,
        costs.endToEndSeconds,
        costs.provenance);
  }

  /** The record of a cell that did not. */
  public static CellRecord failed(Cell cell, Failure failure, Costs costs) {
    return new CellRecord(
        SCHEMA,
        cell,
        Status.FAILED,
        Optional.empty(),
        Optional.of(failure),
        costs.phases,
        Optional.empty(),
        Optional.empty(),
        costs.sharedPass,
        costs.edge,
        costs.taints,
        costs.watched,
        costs.endToEndSeconds,
        costs.provenance);
  }

  /** The cost of a phase, if the cell came so far. */
  public Optional<PhaseCost> phase(Phase phase) {
    return phases.stream().filter(cost -> cost.phase() == phase).findFirst();
  }
}
