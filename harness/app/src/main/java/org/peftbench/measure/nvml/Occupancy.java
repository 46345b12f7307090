package org.peftbench.measure.nvml;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who holds a GPU's memory at one moment.
 *
 * @param memory the device's
 * @param processes those with a compute context; empty if the driver does not tell
 */
public record Occupancy(DeviceMemory memory, Optional<List<GpuProcess>> processes) {

  /** Copies the processes. */
  public Occupancy {
    processes = processes.map(List::copyOf);
  }

  /** The pids that are listed; none if the driver does not tell. */
  public Set<Long> pids() {
    return processes.stream()
        .flatMap(List::stream)
        .map(GpuProcess::pid)
        .collect(Collectors.toUnmodifiableSet());
  }
}
