package org.peftbench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.peftbench.measure.nvml.GpuSample;
import org.peftbench.measure.nvml.MemoryShare;
import org.peftbench.measure.nvml.Occupancy;
import org.peftbench.result.GpuCost;

/** Collects the readings of a GPU within one phase, as far as the phase's cost needs them. */
final class GpuWindow {

  /** Energy counters move ten to fifty times a second: below this, their steps are the result. */
  private static final double SHORTEST_SECONDS = 1;

  private static final int MOST_UNDECIDED = 10_000;

  /** A mean over readings that not every moment has. */
  private static final class Mean {
    private double sum;
    private long count;

    void add(Optional<? extends Number> value) {
      if (value.isPresent()) {
        sum += value.get().doubleValue();
        count++;
      }
    }

    Optional<Double> value() {
      return count == 0 ? Optional.empty() : Optional.of(sum / count);
    }
  }

  private final long began = System.nanoTime();
  private final List<Occupancy> undecided = new ArrayList<>();
  private final Mean watts = new Mean();
  private final Mean smClock = new Mean();
  private final Mean memoryClock = new Mean();
  private final Mean busy = new Mean();
  private final NavigableSet<String> slowedBy = new TreeSet<>();
  private Optional<Long> peakProcess = Optional.empty();
  private Optional<Long> peakDevice = Optional.empty();
  private Optional<Long> latestProcess = Optional.empty();
  private Optional<Occupancy> latest = Optional.empty();
  private Optional<Integer> hottest = Optional.empty();
  private Optional<Double> firstEnergy = Optional.empty();
  private Optional<Double> lastEnergy = Optional.empty();

  /**
   * Adds who holds memory.
   *
   * @param share the child's, if it is known yet
   */
  void add(Occupancy now, @Nullable MemoryShare share) {
    peakDevice = larger(peakDevice, now.memory().used());
    if (share != null) {
      latestProcess = share.bytes(now);
      peakProcess = larger(peakProcess, latestProcess);
    } else if (undecided.size() < MOST_UNDECIDED && !latest.equals(Optional.of(now))) {
      undecided.add(now);
    }
    latest = Optional.of(now);
  }

  /** Adds a state. */
  void add(GpuSample now) {
    watts.add(now.power().instant().or(now.power()::plain));
    smClock.add(now.smClockMegahertz());
    memoryClock.add(now.memoryClockMegahertz());
    busy.add(now.busyPercent());
    hottest = larger(hottest, now.temperatureCelsius());
    now.throttleReasons().ifPresent(slowedBy::addAll);
    firstEnergy = firstEnergy.or(now::energyJoules);
    lastEnergy = now.energyJoules();
  }

  Optional<Occupancy> latest() {
    return latest;
  }

  /** The readings of which the child's share is not known yet. */
  List<Occupancy> undecided() {
    return List.copyOf(undecided);
  }

  Optional<Long> latestProcessBytes() {
    return latestProcess;
  }

  Optional<Double> meanWatts() {
    return watts.value();
  }

  GpuCost cost(@Nullable MemoryShare share) {
    return cost(share, (System.nanoTime() - began) / 1e9);
  }

  GpuCost cost(@Nullable MemoryShare share, double seconds) {
    if (share != null) {
      Function<Occupancy, Optional<Long>> bytes = share::bytes;
      undecided.forEach(occupancy -> peakProcess = larger(peakProcess, bytes.apply(occupancy)));
    }
    boolean measurable = seconds >= SHORTEST_SECONDS;
    return new GpuCost(
        peakProcess,
        peakDevice,
        firstEnergy
            .flatMap(first -> lastEnergy.map(last -> last - first))
            .filter(joules -> measurable && joules > 0),
        watts.value().map(mean -> mean * seconds).filter(joules -> measurable),
        smClock.value(),
        memoryClock.value(),
        busy.value(),
        hottest,
        List.copyOf(slowedBy));
  }

  private static <T extends Comparable<T>> Optional<T> larger(Optional<T> one, Optional<T> other) {
    return one.isPresent() && other.isPresent()
        ? (one.get().compareTo(other.get()) >= 0 ? one : other)
        : one.or(() -> other);
  }
}
