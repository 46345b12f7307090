package org.peftbench.weights;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer over HTTP, given up when no byte of it comes for too long. What its reader
 * does between two reads is not counted.
 */
final class TimedBody implements AutoCloseable {

  private final InputStream body;
  private final Duration patience;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "stalled-download");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean stalled;

  TimedBody(InputStream body, Duration patience) {
    this.body = body;
    this.patience = patience;
  }

  /**
   * Reads what there is next, as {@link InputStream#read(byte[])} does.
   *
   * @throws InterruptedIOException if nothing came for too long
   */
  int read(byte[] piece) throws IOException {
    Future<?> alarm = clock.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return body.read(piece);
    } catch (IOException e) {
      if (stalled) {
        throw new InterruptedIOException("no byte came");
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }

  /** Closing it ends a read that waits. */
  private void giveUp() {
    stalled = true;
    try {
      body.close();
    } catch (IOException e) {
      // It is given up anyhow.
    }
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    body.close();
  }
}
