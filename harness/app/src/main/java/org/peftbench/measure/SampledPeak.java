package org.peftbench.measure;

import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/** The largest of regular readings: a lower bound where the system keeps no high-water mark. */
final class SampledPeak implements ResidentPeak {

  private static final long INTERVAL_MILLIS = 20;

  private final @Nullable OSProcess process; // none if it ended before it was looked for
  private final AtomicLong peak = new AtomicLong();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "resident-set-sampler");
            thread.setDaemon(true);
            return thread;
          });

  SampledPeak(long pid) {
    process = new SystemInfo().getOperatingSystem().getProcess(Math.toIntExact(pid));
    var unused =
        sampler.scheduleAtFixedRate(this::sample, 0, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sample() {
    if (process != null && process.updateAttributes()) {
      peak.accumulateAndGet(process.getResidentSetSize(), Math::max);
    }
  }

  @Override
  public Optional<Long> bytes() {
    sample();
    return peak.get() == 0 ? Optional.empty() : Optional.of(peak.get());
  }

  @Override
  public void reset() {
    peak.set(0);
    sample();
  }

  @Override
  public String method() {
    return "sampled";
  }

  @Override
  public void close() {
    sampler.shutdownNow();
  }
}
