package org.peftbench.wire;

import java.util.List;
import java.util.Optional;

/**
 * How far a job is.
 *
 * @param id of the job
 * @param shards it has
 * @param ready those that are ready
 * @param missing SHA-256 of images that the cloud does not have, each once; all of them where the
 *     job is asked for, else those that are needed next
 * @param failed why no more will be ready; empty if they will
 */
public record JobState(
    String id, int shards, List<Integer> ready, List<String> missing, Optional<String> failed) {

  /** Copies the lists. */
  public JobState {
    ready = List.copyOf(ready);
    missing = List.copyOf(missing);
  }
}
