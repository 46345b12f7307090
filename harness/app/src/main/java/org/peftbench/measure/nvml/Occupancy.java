package org.peftbench.measure.nvml;

import java.util.List;
import java.util.Optional;

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
}
