package org.peftbench.run;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.peftbench.cell.Device;
import org.peftbench.measure.GpuAddress;
import org.peftbench.measure.GpuMeter;
import org.peftbench.measure.GpuMeters;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

/**
 * The meter of a cell's GPU, or why there is none: a GPU whose driver does not tell can still
 * train.
 *
 * @param meter none for a cell on the CPU
 * @param trouble why a GPU has none, a sentence
 */
record GpuAccess(@Nullable GpuMeter meter, List<String> trouble) implements AutoCloseable {

  /**
   * The meter for a device.
   *
   * @param meters of the run
   */
  static GpuAccess of(Device device, GpuMeters meters) throws InterruptedException {
    if (!device.isGpu()) {
      return new GpuAccess(null, List.of());
    }
    Optional<String> visible = Optional.ofNullable(System.getenv(GpuAddress.VISIBLE));
    try {
      return meters
          .open(GpuAddress.of(device.cuda().orElseThrow(), visible))
          .map(meter -> new GpuAccess(meter, List.of()))
          .orElseGet(() -> without(Nvml.LIBRARY + " cannot be loaded"));
    } catch (NvmlException e) {
      return without(e.getMessage());
    }
  }

  /** The GPU's model, if its driver tells. */
  Optional<String> model() {
    return meter == null ? Optional.empty() : meter.model();
  }

  private static GpuAccess without(@Nullable String why) {
    return new GpuAccess(null, List.of("the GPU could not be read: " + why));
  }

  @Override
  public void close() {
    if (meter != null) {
      meter.close();
    }
  }
}
