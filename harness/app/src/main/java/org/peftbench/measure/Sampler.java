package org.peftbench.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.peftbench.result.Watched;

/**
 * Takes a reading at regular moments, in a thread of its own, and keeps account of how many there
 * were, how far apart, and what time they took.
 */
final class Sampler implements AutoCloseable {

  /** From one reading to the next is at least so many times as long as a reading takes. */
  private static final int TIMES_A_READING = 50;

  private static final long LONGEST_NANOS = 1_000_000_000;

  /** A driver that hangs is not waited for. */
  private static final long CLOSING_SECONDS = 2;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Duration interval;
  private final int timesAReading;
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
  private long took;
  private long lastTook;

  private Sampler(Duration interval, int timesAReading, Runnable reading) {
    this.interval = interval;
    this.timesAReading = timesAReading;
    this.reading = reading;
    thread.execute(this::read);
  }

  /** At regular moments, whatever it costs. */
  static Sampler steady(Duration interval, Runnable reading) {
    return new Sampler(interval, 0, reading);
  }

  /** Less often where a reading takes long, so that readings stay a small share of the time. */
  static Sampler sparing(Duration interval, Runnable reading) {
    return new Sampler(interval, TIMES_A_READING, reading);
  }

  /** The reading takes locks of its own, so none is held meanwhile. */
  private void read() {
    long began = System.nanoTime();
    reading.run();
    long end = System.nanoTime();
    long wait = Math.max(0, account(began, end) - (end - began));
    try {
      var unused = thread.schedule(this::read, wait, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      // It was closed meanwhile.
    }
  }

  /** Gives how long after the beginning of this reading the next one is due. */
  private synchronized long account(long began, long end) {
    long lasted = end - began;
    // One that happened to wait, as for an edge, says nothing of the next.
    long typical = Math.min(lasted, lastTook);
    lastTook = lasted;
    took += lasted;
    largestGap = Math.max(largestGap, end - latest);
    latest = end;
    readings++;
    cpu = THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    return due(interval, timesAReading * typical);
  }

  /** From one reading to the next, for those that take so long, in nanoseconds. */
  static long sparing(Duration interval, long readingNanos) {
    return due(interval, TIMES_A_READING * readingNanos);
  }

  private static long due(Duration interval, long least) {
    return Math.max(interval.toNanos(), Math.min(LONGEST_NANOS, least));
  }

  synchronized Watched.Sampling sampling() {
    return new Watched.Sampling(
        interval.toNanos() / 1e9, readings, largestGap / 1e9, cpu / 1e9, Optional.of(took / 1e9));
  }

  /** Waits a moment for a reading that has begun. */
  @Override
  public void close() {
    thread.shutdownNow();
    try {
      var unused = thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
