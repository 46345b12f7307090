package org.peftbench.measure;

import java.util.Optional;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.NvmlException;

/**
 * What a GPU draws before a run's first cell on it. Whether it computes has been tried seconds
 * before, and that has warmed it: so it is waited for, until its power falls no more. Safe for
 * threads.
 */
final class IdlePower {

  private static final int READINGS = 10;
  private static final long MILLIS = 50;

  /** Two seconds of readings are compared with the two seconds before. */
  private static final int SPAN_READINGS = 4;

  private static final long SPAN_MILLIS = 500;

  /** A GPU that still cools after twenty seconds is taken as it is. */
  private static final int MOST_SPANS = 10;

  /** Power that is at least this share of what it was does not fall. */
  private static final double STEADY = 0.97;

  private final Pause pause;
  private final boolean cooled;
  private boolean known;
  private Optional<Double> watts = Optional.empty();

  /**
   * Reads it later.
   *
   * @param cooled whether to wait until the GPU has cooled
   */
  IdlePower(Pause pause, boolean cooled) {
    this.pause = pause;
    this.cooled = cooled;
  }

  /**
   * Reads it the first time, and remembers it.
   *
   * @return empty if the driver does not tell
   * @throws NvmlException if driver or GPU are broken
   */
  synchronized Optional<Double> watts(Gpu gpu) throws NvmlException, InterruptedException {
    if (!known) {
      if (cooled) {
        settle(gpu);
      }
      watts = mean(gpu, READINGS, MILLIS);
      known = true;
    }
    return watts;
  }

  private void settle(Gpu gpu) throws NvmlException, InterruptedException {
    if (mean(gpu, 1, 0).isEmpty()) {
      return; // there is nothing to wait for
    }
    Optional<Double> before = Optional.empty();
    for (int spans = 0; spans < MOST_SPANS; spans++) {
      Optional<Double> now = mean(gpu, SPAN_READINGS, SPAN_MILLIS);
      if (now.isEmpty() || (before.isPresent() && now.get() >= STEADY * before.get())) {
        return;
      }
      before = now;
    }
  }

  private Optional<Double> mean(Gpu gpu, int readings, long millis)
      throws NvmlException, InterruptedException {
    GpuWindow window = new GpuWindow();
    for (int i = 0; i < readings; i++) {
      try {
        window.add(gpu.sample());
      } catch (NvmlException e) {
        if (!e.isPassing()) {
          throw e;
        }
      }
      pause.of(millis);
    }
    return window.meanWatts();
  }
}
