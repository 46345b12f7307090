package org.peftbench.cli;

import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One bar for the phase a cell is in. */
final class BarProgress extends ProgressDisplay {

  private @Nullable ProgressBar bar;
  private String phase = "";

  BarProgress(PrintWriter err) {
    super(err);
  }

  @Override
  void clear() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void progress(String now, long done, long total, String text) {
    if (bar == null || !now.equals(phase)) {
      clear();
      phase = now;
      bar =
          new ProgressBarBuilder()
              .setTaskName("  " + now)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(250)
              .clearDisplayOnFinish()
              .build();
    }
    bar.maxHint(total > 0 ? total : -1).stepTo(done).setExtraMessage(text);
  }
}
