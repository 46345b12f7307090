package org.peftbench.cli;

import java.io.PrintWriter;
import java.util.OptionalLong;
import org.peftbench.weights.WeightDownload;

/** Says from time to time how many bytes of a file there are. */
final class ByteProgress implements WeightDownload.Progress {

  private static final long STEP = 16L << 20;

  private final PrintWriter err;
  private long said = -STEP;

  ByteProgress(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void waits(String whom) {
    err.println("waiting for " + whom + ", which downloads the same");
  }

  @Override
  public void at(long bytes, OptionalLong total) {
    long step = Math.max(STEP, total.orElse(0) / 50);
    if (bytes - said >= step) {
      said = bytes;
      String of = total.isPresent() ? " of " + (total.getAsLong() >> 20) : "";
      err.println("  " + (bytes >> 20) + of + " MiB");
    }
  }
}
