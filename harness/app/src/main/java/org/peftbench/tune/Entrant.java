package org.peftbench.tune;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.cell.Features;

/**
 * A method of a study, as it is without one.
 *
 * @param id the method's id
 * @param options all its hyper-parameters, those that were typed and the defaults of the others
 * @param plugin SHA-256 of the jar that it comes from; empty for a built-in method
 * @param features where its inputs come from
 * @param lr its peak learning rate by the profile
 * @param weightDecay the profile's
 */
public record Entrant(
    String id,
    SortedMap<String, String> options,
    Optional<String> plugin,
    Features features,
    double lr,
    double weightDecay) {

  /** Copies the options. */
  public Entrant {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** The first trial of each study. */
  Trial first() {
    return new Trial(1, lr, weightDecay, options);
  }
}
