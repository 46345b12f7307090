package org.peftbench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.peftbench.result.Watched;

/**
 * Takes a reading at regular moments, in a thread of its own, and keeps account of how many there
 * were, how far apart, and what processor time they took.
 */
final class Sampler implements AutoCloseable {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Duration interval;
  private final Runnable reading;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "sampler");
            made.setDaemon(true);
            return made;
          });
  private long readings;
  private long latest = System.nanoTime();
  private long largestGap;
  private long cpu;

  Sampler(Duration interval, Runnable reading) {
    this.interval = interval;
    this.reading = reading;
    var unused =
        thread.scheduleAtFixedRate(this::read, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The reading takes locks of its own, so none is held meanwhile. */
  private void read() {
    reading.run();
    account();
  }

  private synchronized void account() {
    long now = System.nanoTime();
    largestGap = Math.max(largestGap, now - latest);
    latest = now;
    readings++;
    cpu = THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
  }

  synchronized Watched.Sampling sampling() {
    return new Watched.Sampling(interval.toNanos() / 1e9, readings, largestGap / 1e9, cpu / 1e9);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
