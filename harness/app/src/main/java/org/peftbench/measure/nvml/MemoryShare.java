package org.peftbench.measure.nvml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The share that one process has of a GPU's memory. How it is known is decided once, when the
 * process surely is on the GPU, and then holds for all readings, so that they compare.
 *
 * <p>In a container the driver may list the host's pids, no memory, or nothing at all, hence the
 * ways other than {@link Attribution#PID}. Processes that the driver does not list cannot be told
 * from this one by {@link Attribution#DELTA}.
 *
 * @param how how it is known
 * @param listedPid the pid under which the driver lists the process, if it does
 * @param before the GPU before the process used it
 */
public record MemoryShare(Attribution how, Optional<Long> listedPid, Occupancy before) {

  /** The least of the device's growth that an entry under another pid must account for. */
  private static final double LEAST_OF_GROWTH = 0.5;

  /**
   * Decides how a process's memory is known.
   *
   * @param before the GPU before the process used it
   * @param after the GPU when the process uses it
   */
  public static MemoryShare decide(Occupancy before, Occupancy after, Sought process) {
    Set<Long> fresh = pids(after);
    fresh.removeAll(pids(before)); // a pid that was there before is another process of a host
    fresh.removeAll(process.siblings());
    Optional<Long> listed = Optional.empty();
    if (fresh.contains(process.pid())) {
      listed = Optional.of(process.pid());
    } else if (process.alias() && before.processes().isPresent() && fresh.size() == 1) {
      listed = fresh.stream().findFirst().filter(pid -> accountsForGrowth(before, after, pid));
    }
    MemoryShare byDelta = new MemoryShare(Attribution.DELTA, listed, before);
    if (listed.flatMap(known -> held(after, known)).isPresent()) {
      Attribution how = listed.get() == process.pid() ? Attribution.PID : Attribution.NEWPID;
      return new MemoryShare(how, listed, before);
    }
    return byDelta.bytes(after).isPresent()
        ? byDelta
        : new MemoryShare(Attribution.NONE, listed, before);
  }

  /** If the device has grown by much more, somebody is on it who is not listed: the process. */
  private static boolean accountsForGrowth(Occupancy before, Occupancy after, long pid) {
    Optional<Long> own = held(after, pid);
    Optional<Long> growth =
        after.memory().used().flatMap(now -> before.memory().used().map(then -> now - then));
    if (own.isEmpty() || growth.isEmpty()) {
      return true; // no figures that could speak against it
    }
    Set<Long> others = pids(after);
    others.removeAll(pids(before));
    others.remove(pid);
    long explained = others.stream().mapToLong(other -> held(after, other).orElse(0L)).sum();
    return own.get() >= LEAST_OF_GROWTH * (growth.get() - explained);
  }

  /** Device memory of the process in bytes; empty if it cannot be told. */
  public Optional<Long> bytes(Occupancy now) {
    return switch (how) {
      case PID, NEWPID -> listedPid.flatMap(pid -> held(now, pid));
      case DELTA -> growth(now);
      case NONE -> Optional.empty();
    };
  }

  /**
   * The pids of other processes on the GPU. Where it is not known under which pid the driver lists
   * the process, it is among them.
   */
  public Set<Long> others(Occupancy now) {
    Set<Long> others = pids(now);
    listedPid.ifPresent(others::remove);
    return others;
  }

  private Optional<Long> growth(Occupancy now) {
    boolean alone =
        before.processes().filter(List::isEmpty).isPresent()
            && now.processes().isPresent()
            && others(now).isEmpty();
    // Readings with and without the driver's own reserve do not compare.
    boolean alike = before.memory().reserved().isPresent() == now.memory().reserved().isPresent();
    if (!alone || !alike) {
      return Optional.empty();
    }
    Optional<Long> base = before.memory().used();
    return now.memory()
        .used()
        .flatMap(used -> base.map(start -> used - start))
        .filter(bytes -> bytes > 0);
  }

  /** What the driver says a process holds, in all MIG instances together. */
  private static Optional<Long> held(Occupancy now, long pid) {
    List<Optional<Long>> entries =
        now.processes().stream()
            .flatMap(List::stream)
            .filter(process -> process.pid() == pid)
            .map(GpuProcess::usedBytes)
            .toList();
    return entries.isEmpty() || entries.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(entries.stream().mapToLong(Optional::orElseThrow).sum());
  }

  private static Set<Long> pids(Occupancy now) {
    return new TreeSet<>(now.pids());
  }
}
