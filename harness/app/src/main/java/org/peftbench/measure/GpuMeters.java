package org.peftbench.measure;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

/**
 * Opens the meters of one run, a cell's at a time or several at once. They share what the run
 * knows: what each GPU drew before the run's first cell on it, and which processes are its own
 * children. Safe for threads.
 */
public final class GpuMeters {

  private final String library;
  private final boolean alias;
  private final OwnProcesses own = new OwnProcesses();
  private final Map<GpuAddress, IdlePower> idle = new ConcurrentHashMap<>();
  private final Pause pause;
  private final boolean cooled;

  /**
   * For a run.
   *
   * @param library the driver's, by name or path
   */
  public GpuMeters(String library) {
    this(library, !PidNamespace.isTheHosts(), Thread::sleep, true);
  }

  /**
   * For trials that ask for no energy: a GPU's idle power is read as it is, without waiting until
   * it has cooled.
   *
   * @param library the driver's, by name or path
   */
  public static GpuMeters atOnce(String library) {
    return new GpuMeters(library, !PidNamespace.isTheHosts(), Thread::sleep, false);
  }

  GpuMeters(String library, boolean alias, Pause pause) {
    this(library, alias, pause, true);
  }

  private GpuMeters(String library, boolean alias, Pause pause, boolean cooled) {
    this.library = library;
    this.alias = alias;
    this.pause = pause;
    this.cooled = cooled;
  }

  /**
   * Opens the meter of a cell's GPU, before the cell's child is started. The first on a GPU waits,
   * for twenty seconds at most, until the GPU has cooled; nobody may use it meanwhile.
   *
   * @return empty if there is no such library
   * @throws NvmlException if driver or GPU do not work
   */
  public Optional<GpuMeter> open(GpuAddress device) throws NvmlException, InterruptedException {
    Optional<Nvml> nvml = Nvml.open(library);
    if (nvml.isEmpty()) {
      return Optional.empty();
    }
    try {
      Gpu gpu = Patience.with(() -> device.find(nvml.get()));
      Optional<Double> watts =
          idle.computeIfAbsent(device, first -> new IdlePower(pause, cooled)).watts(gpu);
      return Optional.of(new GpuMeter(nvml.get(), gpu, watts, own, alias, pause));
    } catch (NvmlException | InterruptedException e) {
      nvml.get().close();
      throw e;
    }
  }
}
