package org.peftbench.run;

import java.util.Optional;
import java.util.function.Supplier;

/** Ends a child that holds more memory than it may, as a device without that memory would. */
final class MemoryGuard implements AutoCloseable {

  private static final long INTERVAL_MILLIS = 50;
  private static final double MIB = 1 << 20;

  private final Optional<Long> most;
  private final Supplier<Optional<Long>> resident;
  private final ProcessHandle child;
  private final Thread thread = new Thread(this::run, "memory-guard");
  private volatile long found;

  private MemoryGuard(Optional<Long> most, Supplier<Optional<Long>> resident, ProcessHandle child) {
    this.most = most;
    this.resident = resident;
    this.child = child;
  }

  /**
   * Begins to watch.
   *
   * @param most bytes that it may hold; empty for any
   * @param resident reads how many it holds; empty once it has gone
   * @param child the process
   */
  static MemoryGuard watch(
      Optional<Long> most, Supplier<Optional<Long>> resident, ProcessHandle child) {
    MemoryGuard guard = new MemoryGuard(most, resident, child);
    if (most.isPresent()) {
      guard.thread.setDaemon(true);
      guard.thread.start();
    }
    return guard;
  }

  private void run() {
    try {
      while (child.isAlive()) {
        long now = resident.get().orElse(0L);
        if (now > most.orElse(Long.MAX_VALUE)) {
          found = now;
          child.destroyForcibly();
          return;
        }
        Thread.sleep(INTERVAL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the child has come to its end
    }
  }

  /** Why the child was ended, if it was. */
  Optional<String> ended() {
    return found == 0
        ? Optional.empty()
        : most.map(
            limit ->
                "its process held %.1f MiB, more than the %.1f MiB that it may"
                    .formatted(found / MIB, limit / MIB));
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
