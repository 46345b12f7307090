package org.peftbench.tune;

import java.util.Optional;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;

/**
 * What became of a trial with one seed on one task.
 *
 * @param seed the seed
 * @param correct images of val200 that were classified right; 0 of a failure
 * @param images all that were judged; 0 of a failure
 * @param failure why it failed
 */
public record Score(long seed, long correct, long images, Optional<Failure.Reason> failure) {

  /** Checks that images were judged unless it failed. */
  public Score {
    if (correct < 0 || correct > images || (images == 0) != failure.isPresent()) {
      throw new IllegalArgumentException(
          correct + " correct of " + images + " images, failure " + failure);
    }
  }

  /** What a record says. */
  public static Score of(CellRecord record) {
    long seed = record.cell().seed();
    return record
        .outcome()
        .map(found -> new Score(seed, found.correct(), found.images(), Optional.empty()))
        .orElseGet(() -> new Score(seed, 0, 0, record.failure().map(Failure::reason)));
  }
}
