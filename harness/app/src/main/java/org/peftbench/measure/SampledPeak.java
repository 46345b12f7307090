package org.peftbench.measure;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/** Takes the largest of regular readings: a lower bound, where the system keeps no peak itself. */
final class SampledPeak implements ResidentPeak {

  private static final Duration INTERVAL = Duration.ofMillis(20);

  private final @Nullable OSProcess process; // none if it ended before it was looked for
  private final AtomicLong peak = new AtomicLong();
  private final Sampler sampler;

  SampledPeak(long pid) {
    process = new SystemInfo().getOperatingSystem().getProcess(Math.toIntExact(pid));
    sampler = Sampler.steady(INTERVAL, this::now);
  }

  @Override
  public Optional<Long> now() {
    if (process == null || !process.updateAttributes()) {
      return Optional.empty();
    }
    long bytes = process.getResidentSetSize();
    peak.accumulateAndGet(bytes, Math::max);
    return Optional.of(bytes);
  }

  @Override
  public Optional<Long> bytes() {
    var unused = now();
    return peak.get() == 0 ? Optional.empty() : Optional.of(peak.get());
  }

  @Override
  public void reset() {
    peak.set(0);
    var unused = now();
  }

  @Override
  public String method() {
    return "sampled";
  }

  @Override
  public void close() {
    sampler.close();
  }
}
