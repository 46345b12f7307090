package org.peftbench.measure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Phase;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Watched;

/** Reads a child's memory and energy from outside: at the edges of its phases, and in between. */
public final class Watch implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  /**
   * A GPU has no high-water mark, so it is read more often; what lasts to the edge is not missed.
   */
  static final Duration GPU_INTERVAL = Duration.ofMillis(20);

  private final long pid;
  private final ResidentPeak memory;
  private final @Nullable GpuMeter gpu;
  private final CpuEnergy energy = CpuEnergy.open();
  private final long began = System.nanoTime();
  private final PeakSpans resident = new PeakSpans(INTERVAL.toMillis() / 1e3);
  private final PeakSpans onGpu = new PeakSpans(INTERVAL.toMillis() / 1e3);
  private final Sampler sampler;

  private Watch(long pid, @Nullable GpuMeter gpu) {
    this.pid = pid;
    this.memory = ResidentPeak.of(pid);
    this.gpu = gpu;
    if (gpu != null) {
      gpu.watches(pid);
    }
    this.sampler =
        gpu == null
            ? Sampler.steady(INTERVAL, this::read)
            : Sampler.sparing(GPU_INTERVAL, this::read);
  }

  /**
   * Begins to watch a child.
   *
   * @param pid the child
   * @param gpu its GPU's meter, opened before the child was started; the caller closes it
   */
  public static Watch of(long pid, @Nullable GpuMeter gpu) {
    return new Watch(pid, gpu);
  }

  private void read() {
    double seconds = (System.nanoTime() - began) / 1e9;
    energy.read();
    Optional<Long> now = memory.now();
    synchronized (resident) {
      now.ifPresent(bytes -> resident.add(seconds, bytes));
      if (gpu != null) {
        gpu.read();
        gpu.processBytes().ifPresent(bytes -> onGpu.add(seconds, bytes));
      }
    }
  }

  /**
   * Ends a phase, while the child still holds what it held at most.
   *
   * @param phase that ends
   * @param seconds it took
   */
  public PhaseCost leave(Phase phase, double seconds) {
    return new PhaseCost(
        phase,
        seconds,
        memory.bytes(),
        gpu == null ? Optional.empty() : gpu.leave(phase, pid),
        energy.joules(),
        Optional.empty());
  }

  /** Begins a phase: what was taken between two phases, as for giving memory back, is neither's. */
  public void enter() {
    memory.reset();
    var unused = energy.joules();
    if (gpu != null) {
      gpu.enter();
    }
  }

  /** The child's resident set now, in bytes; empty if it has gone. */
  public Optional<Long> residentBytes() {
    return memory.now();
  }

  /**
   * Bytes of the child on the GPU by the last reading; empty on a CPU, or if they cannot be told.
   */
  public Optional<Long> gpuBytes() {
    return gpu == null ? Optional.empty() : gpu.processBytes();
  }

  /** How the resident set's peak is read: {@code vmhwm} or {@code sampled}. */
  public String memoryMethod() {
    return memory.method();
  }

  /** What was seen so far, for the record. */
  public Watched watched() {
    Watched.Sampling sampling = sampler.sampling();
    synchronized (resident) {
      return new Watched(
          sampling,
          resident.curve(),
          Optional.ofNullable(gpu).map(GpuMeter::use),
          Optional.of(onGpu.curve()).filter(curve -> !curve.peakBytes().isEmpty()));
    }
  }

  /** What makes the GPU's readings suspect, a sentence each. */
  public List<String> taints() {
    return gpu == null ? List.of() : gpu.taints();
  }

  @Override
  public void close() {
    sampler.close();
    memory.close();
  }
}
