package org.peftbench.cli;

import java.io.PrintWriter;
import java.util.SortedMap;
import java.util.TreeMap;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.peftbench.Printable;
import org.peftbench.run.Progress;
import org.peftbench.run.Turn;

/** One bar: for the phase of what runs or, where several cells run, for the cells of the plan. */
final class BarProgress extends ProgressDisplay {

  private static final String CELLS = "cells";

  private final SortedMap<Integer, String> running = new TreeMap<>();
  private @Nullable ProgressBar bar;
  private String shown = "";

  BarProgress(PrintWriter err, boolean several) {
    super(err, several);
  }

  @Override
  void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  void show(Progress now) {
    bar(now.phase())
        .maxHint(now.total() > 0 ? now.total() : -1)
        .stepTo(now.done())
        .setExtraMessage(Printable.line(now.text()));
  }

  @Override
  void show(Turn turn, Progress now) {
    String share = now.total() > 0 ? " " + 100 * now.done() / now.total() + " %" : "";
    running.put(turn.number(), "[" + turn.number() + "] " + now.phase() + share);
    // Those before the first that runs have ended.
    bar(CELLS)
        .maxHint(turn.of())
        .stepTo(running.firstKey() - 1L)
        .setExtraMessage(Printable.line(String.join("  ", running.values())));
  }

  @Override
  void forget(Turn turn) {
    running.remove(turn.number());
  }

  private ProgressBar bar(String name) {
    ProgressBar found = bar;
    if (found == null || !name.equals(shown)) {
      clear();
      shown = name;
      found =
          new ProgressBarBuilder()
              .setTaskName("  " + name)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(250)
              .clearDisplayOnFinish()
              .build();
      bar = found;
    }
    return found;
  }
}
