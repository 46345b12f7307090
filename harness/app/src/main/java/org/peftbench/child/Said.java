package org.peftbench.child;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What a child says, line by line. A thread of its own reads it, for a stream that something else
 * holds open has no end, and waiting for it must have one.
 */
final class Said {

  /** Empty at the end. */
  private record Line(Optional<String> text) {}

  private static final long LOOK_MILLIS = 100;
  private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final BlockingQueue<Line> lines = new SynchronousQueue<>();

  private long goneAt;
  private boolean ended;

  Said(InputStream in, int longest) {
    BoundedLines text = new BoundedLines(in, longest);
    Thread reader = new Thread(() -> read(text), "line-reader");
    reader.setDaemon(true);
    reader.start();
  }

  private void read(BoundedLines text) {
    try {
      Line line;
      do {
        line = next(text);
        lines.put(line);
      } while (line.text.isPresent());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does that
    }
  }

  /** A connection that breaks is at its end. */
  private static Line next(BoundedLines text) {
    try {
      return new Line(Optional.ofNullable(text.next()));
    } catch (IOException e) {
      return new Line(Optional.empty());
    }
  }

  /**
   * Waits for the next line.
   *
   * @param gone whether nobody is left who could say more; what was said before is still heard
   * @return empty at the end
   */
  Optional<String> next(BooleanSupplier gone) throws InterruptedException {
    while (!ended) {
      if (goneAt == 0 && gone.getAsBoolean()) {
        goneAt = System.nanoTime();
      }
      Line line = lines.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      ended = isOverdue() || (line != null && line.text.isEmpty());
      if (line != null) {
        return line.text;
      }
    }
    return Optional.empty();
  }

  private boolean isOverdue() {
    return goneAt != 0 && System.nanoTime() - goneAt > LAST_WORDS_NANOS;
  }
}
