package org.peftbench.measure.nvml;

import com.sun.jna.Pointer;
import java.util.List;
import java.util.Optional;
import org.peftbench.result.GpuUse;

/**
 * One GPU, or one MIG instance of it. What it does not tell is empty; where zero is no possible
 * value of something that works, zero is empty as well.
 */
public final class Gpu {

  // Buffer sizes that nvml.h promises are enough.
  private static final int UUID_BYTES = 96;
  private static final int NAME_BYTES = 96;
  private static final int DRIVER_BYTES = 80;

  // Numbers of nvmlClockType_t and nvmlTemperatureSensors_t.
  private static final int SM = 1;
  private static final int MEMORY = 2;
  private static final int DIE = 0;

  private static final double MILLIJOULES = 1e3;

  private static final List<String> THROTTLE_REASONS =
      List.of(
          "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons");

  private final Device device;

  Gpu(NvmlLibrary library, Pointer handle) {
    this.device = new Device(library, handle);
  }

  /**
   * What it is.
   *
   * @throws NvmlException if it, or the driver, is broken
   */
  public GpuUse.Facts facts() throws NvmlException {
    return new GpuUse.Facts(
        device.text("nvmlDeviceGetUUID", UUID_BYTES),
        device.text("nvmlDeviceGetName", NAME_BYTES),
        driver(),
        DeviceMemory.read(device).total(),
        device.enabled("nvmlDeviceGetMigMode"),
        device.enabled("nvmlDeviceGetEccMode"));
  }

  /**
   * Who holds its memory now.
   *
   * @throws NvmlException if it, or the driver, is broken
   */
  public Occupancy occupancy() throws NvmlException {
    return new Occupancy(DeviceMemory.read(device), ProcessList.read(device));
  }

  /**
   * Its state now.
   *
   * @throws NvmlException if it, or the driver, is broken
   */
  public GpuSample sample() throws NvmlException {
    return new GpuSample(
        GpuPower.read(device),
        device
            .unsignedLong("nvmlDeviceGetTotalEnergyConsumption")
            .filter(millijoules -> millijoules != 0)
            .map(millijoules -> millijoules / MILLIJOULES),
        device.positive("nvmlDeviceGetClockInfo", SM),
        device.positive("nvmlDeviceGetClockInfo", MEMORY),
        device
            .ask("nvmlDeviceGetUtilizationRates", new Reply(2 * Integer.BYTES))
            .flatMap(rates -> rates.unsigned(0)),
        device.positive("nvmlDeviceGetTemperature", DIE),
        device.unsignedLong(device.library().newest(THROTTLE_REASONS)).map(ThrottleReasons::of));
  }

  private Optional<String> driver() throws NvmlException {
    String symbol = "nvmlSystemGetDriverVersion";
    Reply version = new Reply(DRIVER_BYTES);
    int code = device.library().call(symbol, version.pointer(), DRIVER_BYTES);
    return device.library().told(code, symbol) ? version.text() : Optional.empty();
  }
}
