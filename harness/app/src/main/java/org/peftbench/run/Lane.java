package org.peftbench.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.peftbench.cell.Device;
import org.peftbench.child.CoreMap;
import org.peftbench.child.CoreSet;

/**
 * Where one cell runs at a time.
 *
 * @param device where its cells are computed
 * @param threads engine threads of each cell
 * @param cores the processors that its cells are kept to; empty for all that this program may use
 * @param alone whether there is no other lane
 */
public record Lane(Device device, int threads, Optional<CoreSet> cores, boolean alone) {

  /**
   * A lane for each device. Several share the cores, each with its own, where Linux and the number
   * of cores allow.
   *
   * @param threads engine threads of each cell; empty for one on each processor of its lane
   */
  public static List<Lane> of(List<Device> devices, OptionalInt threads)
      throws InterruptedException {
    int count = devices.size();
    List<CoreSet> sets = count == 1 ? List.of() : CoreMap.divide(count);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              Optional<CoreSet> cores = sets.stream().skip(i).findFirst();
              return new Lane(
                  devices.get(i), threads.orElse(most(cores, count)), cores, count == 1);
            })
        .toList();
  }

  /** A container may have less time of the processors than it sees processors. */
  private static int most(Optional<CoreSet> cores, int lanes) {
    int share = Math.max(1, Runtime.getRuntime().availableProcessors() / lanes);
    return cores.map(set -> Math.min(share, set.processors().size())).orElse(share);
  }

  /** What makes the costs of all its cells suspect, a sentence each. */
  public List<String> taints() {
    return alone || cores.isPresent()
        ? List.of()
        : List.of("cells ran side by side, and could not be kept to cores of their own");
  }

  /** {@code cuda:0}, with its processors if it has its own. */
  @Override
  public String toString() {
    return device + cores.map(set -> " (processors " + set + ")").orElse("");
  }
}
