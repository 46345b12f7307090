package org.peftbench.cloud;

import java.util.Collection;

/**
 * Who may take how much of a shelf: an owner keeps no more on it than stays free beside. So one who
 * fetches nothing leaves half of it to a second, and two of them a third to a third.
 */
final class Room {

  private final Shelf shelf;

  Room(Shelf shelf) {
    this.shelf = shelf;
  }

  /**
   * Whether features may be computed now. Who has fetched all that is ready gets any room that
   * there is: what it waits for is all that it has.
   *
   * @param jobs of all owners
   */
  boolean isForFeatures(Collection<Job> jobs, String owner, long bytes) {
    long kept =
        jobs.stream().filter(job -> job.owner.equals(owner)).mapToLong(Job::unfetchedBytes).sum();
    if (kept > 0) {
      return fits(kept, bytes);
    }
    return bytes <= shelf.free() || !anyUnfetched(jobs); // then waiting would not help
  }

  /** Whether an image may come now. */
  boolean isForImage(Collection<Job> jobs, String owner, long bytes) {
    long kept =
        jobs.stream()
            .filter(job -> job.owner.equals(owner))
            .mapToLong(job -> job.unfetchedBytes() + job.imageBytes())
            .sum();
    return kept == 0 || fits(kept, bytes);
  }

  private boolean fits(long kept, long bytes) {
    return kept + bytes <= shelf.free() - bytes;
  }

  /** Whether somebody can make room by fetching what is ready. */
  static boolean anyUnfetched(Collection<Job> jobs) {
    return jobs.stream().anyMatch(job -> job.unfetchedBytes() > 0);
  }
}
