package org.peftbench.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import org.peftbench.run.Progress;
import org.peftbench.run.Turn;

/** A line every ten seconds, of each that runs. */
final class PlainProgress extends ProgressDisplay {

  private static final long INTERVAL_NANOS = 10_000_000_000L;

  private final Map<String, Long> last = new HashMap<>();

  PlainProgress(PrintWriter err, boolean several) {
    super(err, several);
  }

  @Override
  void clear() {
    last.remove("");
  }

  @Override
  void show(Progress now) {
    show("", now);
  }

  @Override
  void show(Turn turn, Progress now) {
    show(place(turn) + " ", now);
  }

  @Override
  void forget(Turn turn) {
    last.remove(place(turn) + " ");
  }

  private void show(String whose, Progress now) {
    long time = System.nanoTime();
    long before = last.computeIfAbsent(whose, first -> time);
    if (time - before >= INTERVAL_NANOS && now.total() > 0) {
      last.put(whose, time);
      print(
          "  %s%s %d/%d %s"
              .formatted(whose, now.phase(), now.done(), now.total(), now.text())
              .stripTrailing());
    }
  }
}
