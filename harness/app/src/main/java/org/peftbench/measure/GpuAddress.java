package org.peftbench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
 * @param name an index of NVML, or a UUID or as much of its beginning as no other GPU has; empty if
 *     it is no GPU's
 */
public record GpuAddress(String name) {

  /** The variable that shows CUDA some of the GPUs, in an order of its own. */
  public static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  /**
   * The entries of a list of devices; a blank list, as CUDA takes it, has none.
   *
   * @param visible the value of {@code CUDA_VISIBLE_DEVICES}
   */
  public static List<GpuAddress> listed(String visible) {
    return visible.isBlank()
        ? List.of()
        : Stream.of(visible.split(",", -1)).map(entry -> new GpuAddress(entry.strip())).toList();
  }

  /**
   * The address of a device; that of none if it is not in the list.
   *
   * @param number CUDA's number of the device
   * @param visible the value of {@code CUDA_VISIBLE_DEVICES}
   */
  public static GpuAddress of(int number, Optional<String> visible) {
    return visible
        .map(list -> listed(list).stream().skip(number).findFirst().orElse(new GpuAddress("")))
        .orElse(new GpuAddress(Integer.toString(number)));
  }

  /** Whether it is an index, and not a UUID. */
  public boolean isIndex() {
    return name.matches("\\d{1,4}");
  }

  /**
   * The whole UUID of what is there; empty if the driver does not tell.
   *
   * @throws NvmlException if there is nothing, or it is broken
   */
  public Optional<String> uuid(Nvml nvml) throws NvmlException {
    return find(nvml).facts().uuid();
  }

  Gpu find(Nvml nvml) throws NvmlException {
    if (isIndex()) {
      return nvml.gpu(Integer.parseInt(name));
    }
    return nvml.gpu(name.startsWith("GPU-") ? whole(nvml) : name);
  }

  /** NVML wants the whole UUID, where CUDA takes a beginning that only one GPU has. */
  private String whole(Nvml nvml) throws NvmlException {
    List<String> found = new ArrayList<>();
    for (int index = 0; index < nvml.count(); index++) {
      try {
        nvml.gpu(index).facts().uuid().filter(uuid -> uuid.startsWith(name)).ifPresent(found::add);
      } catch (NvmlException e) {
        // Another's GPU, or one that is lost: if it is the one, it is not found.
      }
    }
    return found.size() == 1 ? found.get(0) : name;
  }
}
