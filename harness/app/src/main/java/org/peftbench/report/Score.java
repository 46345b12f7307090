package org.peftbench.report;

import java.util.List;
import java.util.Optional;
import org.peftbench.result.Failure;

/**
 * One number of the accuracy table.
 *
 * @param mean over seeds, in percent; empty if nothing succeeded
 * @param sd sample standard deviation over seeds, in percent; empty for one seed
 * @param count seeds (of a task) or complete parts (of a mean) that the number stands on
 * @param of seeds or parts there should be
 * @param reason why a task has no number or less than a whole one
 * @param failures what happened, one line a failed seed
 * @param records names of the files that the number came from
 */
record Score(
    Optional<Double> mean,
    Optional<Double> sd,
    int count,
    int of,
    Optional<Failure.Reason> reason,
    List<String> failures,
    List<String> records) {

  boolean whole() {
    return count == of;
  }
}
