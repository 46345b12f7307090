package org.peftbench.cli;

import java.io.PrintWriter;

/** A line every ten seconds. */
final class PlainProgress extends ProgressDisplay {

  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private long last;

  PlainProgress(PrintWriter err) {
    super(err);
  }

  @Override
  void clear() {
    last = System.nanoTime();
  }

  @Override
  public void progress(String phase, long done, long total, String text) {
    if (System.nanoTime() - last >= INTERVAL_NANOS && total > 0) {
      say("  %s %d/%d %s".formatted(phase, done, total, text).stripTrailing());
    }
  }
}
