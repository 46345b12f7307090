package org.peftbench.measure;

import java.util.Optional;
import org.peftbench.measure.nvml.Gpu;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

/**
 * Where the driver finds CUDA's device of a number.
 *
 * <p>CUDA numbers the devices that {@code CUDA_VISIBLE_DEVICES} leaves it, in the order of that
 * list. Without one it takes the fastest first, which NVML does not: children therefore run with
 * {@code CUDA_DEVICE_ORDER=PCI_BUS_ID}, the order of NVML.
 *
 * @param name an index of NVML, or a UUID
 */
public record GpuAddress(String name) {

  /**
   * The address of a device.
   *
   * @param number CUDA's number of the device
   * @param visible the value of {@code CUDA_VISIBLE_DEVICES}
   */
  public static GpuAddress of(int number, Optional<String> visible) {
    String[] listed =
        visible
            .filter(list -> !list.isBlank())
            .map(list -> list.split(",", -1))
            .orElse(new String[0]);
    return new GpuAddress(
        number < listed.length ? listed[number].strip() : Integer.toString(number));
  }

  /**
   * How many devices CUDA numbers.
   *
   * @param visible the value of {@code CUDA_VISIBLE_DEVICES}
   * @param installed GPUs that the driver has
   */
  public static int count(Optional<String> visible, int installed) {
    if (visible.isEmpty()) {
      return installed;
    }
    int count = 0;
    for (String listed : visible.get().split(",", -1)) {
      if (listed.isBlank() || listed.strip().startsWith("-")) {
        break; // where CUDA stops reading
      }
      count++;
    }
    return count;
  }

  Gpu find(Nvml nvml) throws NvmlException {
    return name.matches("\\d{1,4}") ? nvml.gpu(Integer.parseInt(name)) : nvml.gpu(name);
  }
}
