package org.peftbench.measure;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

/**
 * Opens the meters of one run, a cell's at a time or several at once. They share what the run
 * knows: what each GPU drew before the run's first cell on it, and which processes are its own
 * children. Safe for threads.
 */
public final class GpuMeters {

  private static final int IDLE_READINGS = 10;
  private static final long IDLE_MILLIS = 50;

  private final String library;
  private final boolean alias;
  private final OwnProcesses own = new OwnProcesses();
  private final Map<GpuAddress, Optional<Double>> idleWatts = new HashMap<>();

  /**
   * For a run.
   *
   * @param library the driver's, by name or path
   */
  public GpuMeters(String library) {
    this(library, !PidNamespace.isTheHosts());
  }

  GpuMeters(String library, boolean alias) {
    this.library = library;
    this.alias = alias;
  }

  /**
   * Opens the meter of a cell's GPU, before the cell's child is started. The first on a GPU takes
   * half a second, in which the GPU must be idle.
   *
   * @return empty if there is no such library
   * @throws NvmlException if driver or GPU do not work
   */
  public synchronized Optional<GpuMeter> open(GpuAddress device)
      throws NvmlException, InterruptedException {
    Optional<Nvml> nvml = Nvml.open(library);
    if (nvml.isEmpty()) {
      return Optional.empty();
    }
    try {
      Gpu gpu = Patience.with(() -> device.find(nvml.get()));
      if (!idleWatts.containsKey(device)) {
        idleWatts.put(device, idle(gpu));
      }
      return Optional.of(new GpuMeter(nvml.get(), gpu, idleWatts.get(device), own, alias));
    } catch (NvmlException | InterruptedException e) {
      nvml.get().close();
      throw e;
    }
  }

  private static Optional<Double> idle(Gpu gpu) throws NvmlException, InterruptedException {
    GpuWindow idle = new GpuWindow();
    for (int i = 0; i < IDLE_READINGS; i++) {
      try {
        idle.add(gpu.sample());
      } catch (NvmlException e) {
        if (!e.isPassing()) {
          throw e;
        }
      }
      Thread.sleep(IDLE_MILLIS);
    }
    return idle.meanWatts();
  }
}
