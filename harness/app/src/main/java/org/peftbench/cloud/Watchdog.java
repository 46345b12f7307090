package org.peftbench.cloud;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a server's connections, of which each has to get on: one whose client neither
 * sends nor takes anything for too long is interrupted, which closes its connection.
 */
final class Watchdog implements Executor, AutoCloseable {

  private static final long LOOK_MILLIS = 250;

  /** One exchange on one thread. */
  private static final class Leash {
    private final Thread thread = Thread.currentThread();
    private long until;
    private boolean headers;
    private boolean over;

    synchronized void extend(Duration patience) {
      until = System.nanoTime() + patience.toNanos();
    }

    /** Interrupts it if its time is over; whether that was before a request was there. */
    synchronized boolean bite(long now) {
      if (over || now - until < 0) {
        return false;
      }
      over = true;
      thread.interrupt();
      return !headers;
    }
  }

  private static final ThreadLocal<@Nullable Leash> OWN = new ThreadLocal<>();

  private final Duration headerPatience;
  private final Duration patience;
  private final CloudLog log;
  private final ThreadPoolExecutor threads;
  private final Set<Leash> leashes = ConcurrentHashMap.newKeySet();
  private final Thread looking = new Thread(this::look, "cloud-watchdog");
  private volatile boolean ended;

  /**
   * Makes threads.
   *
   * @param most of them
   * @param headerPatience for a whole request without its body, and for the hand-shake before it
   * @param patience for each step after that
   */
  Watchdog(int most, Duration headerPatience, Duration patience, CloudLog log) {
    this.headerPatience = headerPatience;
    this.patience = patience;
    this.log = log;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            most,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> {
              Thread thread = new Thread(work, "cloud-connection-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());
    looking.setDaemon(true);
    looking.start();
  }

  @Override
  public void execute(Runnable exchange) {
    threads.execute(() -> run(exchange));
  }

  private void run(Runnable exchange) {
    Leash leash = new Leash();
    leash.extend(headerPatience);
    leashes.add(leash);
    OWN.set(leash);
    try {
      exchange.run();
    } finally {
      synchronized (leash) {
        leash.over = true;
      }
      leashes.remove(leash);
      OWN.remove();
      boolean unused = Thread.interrupted(); // the thread's next exchange is not to blame
    }
  }

  /** This thread's request is there. */
  void arrived() {
    Leash leash = OWN.get();
    if (leash != null) {
      synchronized (leash) {
        leash.headers = true;
      }
    }
    step();
  }

  /** This thread's client sent or took something, or will be waited for no longer than usual. */
  void step() {
    pause(Duration.ZERO);
  }

  /** This thread waits for something else than its client. */
  void pause(Duration atMost) {
    Leash leash = OWN.get();
    if (leash != null) {
      leash.extend(patience.plus(atMost));
    }
  }

  private void look() {
    try {
      while (!ended) {
        Thread.sleep(LOOK_MILLIS);
        long now = System.nanoTime();
        long silent = leashes.stream().filter(leash -> leash.bite(now)).count();
        if (silent > 0) {
          log.said(
              "closed %d connections that sent no request within %d s"
                  .formatted(silent, headerPatience.toSeconds()));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended = true;
    threads.shutdownNow();
  }
}
