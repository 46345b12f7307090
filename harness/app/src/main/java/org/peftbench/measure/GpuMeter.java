package org.peftbench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.peftbench.measure.nvml.Attribution;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.MemoryShare;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;
import org.peftbench.measure.nvml.Occupancy;
import org.peftbench.result.GpuCost;
import org.peftbench.result.GpuUse;

/**
 * Measures what a child takes of a GPU. The meter is opened before the child starts, so that what
 * was there before is not taken for the child's. Safe for a thread that takes readings beside one
 * that ends phases.
 *
 * <p>A GPU that is lost on the way gives no more readings; the cell is tainted, and goes on.
 */
public final class GpuMeter implements AutoCloseable {

  private static final int IDLE_READINGS = 10;
  private static final long IDLE_MILLIS = 50;

  /** Why a GPU is slower than it could be, where nobody chose that. */
  private static final Set<String> SLOWED =
      Set.of(
          "software-power-cap",
          "hardware-slowdown",
          "software-thermal-slowdown",
          "hardware-thermal-slowdown",
          "hardware-power-brake");

  /** Two ways to know the energy of a phase may differ by this share. */
  private static final double ENERGY_TOLERANCE = 0.2;

  private final Nvml nvml;
  private final Gpu gpu;
  private final GpuUse.Facts facts;
  private final Occupancy before;
  private final Optional<Double> idleWatts;
  private final SortedSet<Long> others = new TreeSet<>();
  private final SortedSet<String> slowedBy = new TreeSet<>();
  private final List<String> taints = new ArrayList<>();
  private GpuWindow window = new GpuWindow();
  private @Nullable MemoryShare share;
  private boolean lost;

  private GpuMeter(Nvml nvml, Gpu gpu) throws NvmlException, InterruptedException {
    this.nvml = nvml;
    this.gpu = gpu;
    this.facts = gpu.facts();
    this.before = gpu.occupancy();
    this.idleWatts = idle();
  }

  /**
   * Opens the meter of a device, which takes half a second.
   *
   * @param library the driver's, by name or path
   * @param device where it is, as {@link GpuAddress} says
   * @return empty if there is no such library
   * @throws NvmlException if driver or GPU do not work
   */
  public static Optional<GpuMeter> open(String library, GpuAddress device)
      throws NvmlException, InterruptedException {
    Optional<Nvml> nvml = Nvml.open(library);
    if (nvml.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new GpuMeter(nvml.get(), device.find(nvml.get())));
    } catch (NvmlException | InterruptedException e) {
      nvml.get().close();
      throw e;
    }
  }

  private Optional<Double> idle() throws NvmlException, InterruptedException {
    GpuWindow idle = new GpuWindow();
    for (int i = 0; i < IDLE_READINGS; i++) {
      idle.add(gpu.sample());
      Thread.sleep(IDLE_MILLIS);
    }
    return idle.meanWatts();
  }

  /** Takes a reading. */
  synchronized void read() {
    if (lost) {
      return;
    }
    try {
      Occupancy now = gpu.occupancy();
      window.add(now, share);
      window.add(gpu.sample());
      if (share != null) {
        others.addAll(share.others(now));
      }
    } catch (NvmlException e) {
      lost = true;
      taints.add("the GPU could not be read to the end: " + e.getMessage());
    }
  }

  /** Bytes of the child by the last reading; empty if they cannot be told. */
  synchronized Optional<Long> processBytes() {
    return window.latestProcessBytes();
  }

  /**
   * Ends a phase and begins the next.
   *
   * @param pid the child
   * @return what the phase took; empty once the GPU is lost
   */
  synchronized Optional<GpuCost> edge(long pid) {
    read();
    if (lost) {
      return Optional.empty();
    }
    GpuWindow ended = window;
    if (share == null) {
      share = ended.latest().flatMap(now -> decided(now, pid)).orElse(null);
    }
    GpuCost cost = ended.cost(share);
    slowedBy.addAll(cost.slowedBy());
    slowedBy.retainAll(SLOWED);
    compare(cost);
    window = ended.next();
    return Optional.of(cost);
  }

  private Optional<MemoryShare> decided(Occupancy now, long pid) {
    return Optional.of(MemoryShare.decide(before, now, pid))
        .filter(found -> found.how() != Attribution.NONE);
  }

  private void compare(GpuCost cost) {
    if (cost.joules().isPresent() && cost.integratedJoules().isPresent()) {
      double counted = cost.joules().get();
      double integrated = cost.integratedJoules().get();
      if (Math.abs(counted - integrated) > ENERGY_TOLERANCE * Math.max(counted, integrated)) {
        taints.add(
            "the GPU's energy counter says %.0f J where its power makes %.0f J"
                .formatted(counted, integrated));
      }
    }
  }

  /** The GPU's product name, if the driver tells. */
  public Optional<String> model() {
    return facts.name();
  }

  /** The GPU, and how well the child's memory was known. */
  synchronized GpuUse use() {
    Attribution how = share == null ? Attribution.NONE : share.how();
    return new GpuUse(facts, how.toString(), idleWatts);
  }

  /** What makes the readings suspect, a sentence each. */
  synchronized List<String> taints() {
    List<String> all = new ArrayList<>(taints);
    before.processes().stream().flatMap(List::stream).forEach(process -> others.add(process.pid()));
    if (!others.isEmpty()) {
      all.add("other processes used the GPU: " + list(others));
    }
    if (!slowedBy.isEmpty()) {
      all.add("the GPU was slowed by " + list(slowedBy));
    }
    return List.copyOf(all);
  }

  private static String list(Set<?> items) {
    return items.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    nvml.close();
  }
}
