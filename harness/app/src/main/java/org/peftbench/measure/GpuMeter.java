package org.peftbench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Phase;
import org.peftbench.measure.nvml.Attribution;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.MemoryShare;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;
import org.peftbench.measure.nvml.Occupancy;
import org.peftbench.measure.nvml.Sought;
import org.peftbench.result.GpuCost;
import org.peftbench.result.GpuUse;

/**
 * Measures what a child takes of a GPU. The meter is opened before the child starts, so that what
 * was there before is not taken for the child's; how the child's memory is told from others' is
 * decided when it surely is on the GPU. Safe for a thread that takes readings beside one that ends
 * phases.
 *
 * <p>A GPU that is lost on the way gives no more readings; the cell is tainted, and goes on. A
 * driver that does not answer once costs a reading.
 */
public final class GpuMeter implements AutoCloseable {

  /** Clocks, power and the like change more slowly than memory does. */
  static final Duration STATE = Duration.ofMillis(100);

  /** An answer that the driver owes so many readings long does not come any more. */
  private static final int MOST_UNANSWERED = 25;

  /** A phase's last reading is the one that must not be missed. */
  private static final int EDGE_TRIES = 3;

  /** What passes does not pass at once. */
  private static final long EDGE_MILLIS = 5;

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
  private final Optional<Double> idleWatts;
  private final OwnProcesses own;
  private final boolean alias;
  private final Pause pause;
  private final Strangers strangers;
  private final SortedSet<String> slowedBy = new TreeSet<>();
  private final List<String> taints = new ArrayList<>();
  private Occupancy before;
  private GpuWindow window = new GpuWindow();
  private @Nullable MemoryShare share;
  private long stateReadAt = System.nanoTime() - STATE.toNanos();
  private int unanswered;
  private boolean lost;

  GpuMeter(
      Nvml nvml, Gpu gpu, Optional<Double> idleWatts, OwnProcesses own, boolean alias, Pause pause)
      throws NvmlException, InterruptedException {
    this.nvml = nvml;
    this.gpu = gpu;
    this.idleWatts = idleWatts;
    this.own = own;
    this.strangers = new Strangers(own);
    this.alias = alias;
    this.pause = pause;
    this.facts = Patience.with(gpu::facts);
    this.before = Patience.with(gpu::occupancy);
  }

  /** Makes a child known as this run's own. */
  void watches(long pid) {
    own.add(pid);
  }

  /** Takes a reading: of memory, and every tenth of a second of the GPU's state. */
  synchronized void read() {
    read(System.nanoTime() - stateReadAt >= STATE.toNanos());
  }

  /** Whether the driver said who holds memory. */
  private boolean read(boolean state) {
    if (lost) {
      return false;
    }
    try {
      Occupancy now = gpu.occupancy();
      window.add(now, share);
      if (share != null) {
        strangers.saw(share.others(now));
      }
      unanswered = 0;
    } catch (NvmlException e) {
      unanswered++;
      fail(e, unanswered > MOST_UNANSWERED);
      return false;
    }
    if (state) {
      readState();
    }
    return true;
  }

  private void readState() {
    try {
      window.add(gpu.sample());
    } catch (NvmlException e) {
      fail(e, false);
    }
    stateReadAt = System.nanoTime();
  }

  private void fail(NvmlException e, boolean tooOften) {
    if (!e.isPassing() || tooOften) {
      lost = true;
      taints.add("the GPU could not be read to the end: " + e.getMessage());
    }
  }

  /** Bytes of the child by the last reading; empty if they cannot be told. */
  synchronized Optional<Long> processBytes() {
    return window.latestProcessBytes();
  }

  /** Begins a phase. */
  synchronized void enter() {
    window = new GpuWindow();
    readSurely();
  }

  /**
   * Ends a phase, while the child still holds what it held at most: its allocator gives nothing
   * back by itself.
   *
   * @param phase that ends
   * @param pid the child
   * @return what the phase took; empty once the GPU is lost
   */
  synchronized Optional<GpuCost> leave(Phase phase, long pid) {
    readSurely();
    if (lost) {
      return Optional.empty();
    }
    GpuWindow ended = window;
    if (phase.compareTo(Phase.ENGINE) < 0) {
      // Until here the child is not on the GPU: whoever is there is another.
      before = ended.latest().orElse(before);
    } else if (share == null) {
      share = decided(ended, pid).orElse(null);
    }
    GpuCost cost = ended.cost(share);
    slowedBy.addAll(cost.slowedBy());
    slowedBy.retainAll(SLOWED);
    compare(cost);
    window = new GpuWindow(); // what is read between two phases is neither's
    return Optional.of(cost);
  }

  /** The child waits meanwhile. */
  private void readSurely() {
    try {
      for (int tries = 1; !read(true) && !lost && tries < EDGE_TRIES; tries++) {
        pause.of(EDGE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<MemoryShare> decided(GpuWindow ended, long pid) {
    Optional<Occupancy> now = ended.latest();
    if (now.isEmpty()) {
      return Optional.empty();
    }
    MemoryShare found =
        MemoryShare.decide(before, now.get(), new Sought(pid, own.siblingsOf(pid), alias));
    if (found.how() == Attribution.NONE) {
      Set<Long> unknown = found.others(now.get());
      unknown.removeAll(before.pids());
      unknown.remove(pid);
      if (alias) {
        strangers.sawUnknown(unknown);
      } else {
        strangers.saw(unknown);
      }
      return Optional.empty();
    }
    found.listedPid().ifPresent(own::add);
    strangers.knowTheChild();
    ended.undecided().forEach(reading -> strangers.saw(found.others(reading)));
    return Optional.of(found);
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
    strangers.saw(before.pids());
    all.addAll(strangers.taints());
    if (!slowedBy.isEmpty()) {
      all.add("the GPU was slowed by " + String.join(", ", slowedBy));
    }
    return List.copyOf(all);
  }

  /** Nothing is read after this, and nothing meanwhile: a reading that has begun ends first. */
  @Override
  public synchronized void close() {
    lost = true;
    nvml.close();
  }
}
