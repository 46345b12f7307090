package org.peftbench.cuda;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.peftbench.measure.GpuAddress;
import org.peftbench.measure.nvml.Nvml;
import org.peftbench.measure.nvml.NvmlException;

/**
 * The GPUs that {@code CUDA_VISIBLE_DEVICES} leaves to CUDA, which numbers them anew in the order
 * of that list. A list ends at its first entry that is no GPU of this machine, and here also at one
 * that is there already: CUDA takes no list that has a GPU twice.
 *
 * @param list the variable's value; empty if it is not set
 * @param uuids of the list's entries, as far as the driver knows them
 */
public record VisibleGpus(Optional<String> list, Map<GpuAddress, String> uuids) {

  /** Copies the UUIDs. */
  public VisibleGpus {
    uuids = Map.copyOf(uuids);
  }

  /** A list of which nothing is known but its words. */
  public VisibleGpus(Optional<String> list) {
    this(list, Map.of());
  }

  /** Those of this machine. */
  public static VisibleGpus here() {
    return read(Optional.ofNullable(System.getenv(GpuAddress.VISIBLE)), Nvml.LIBRARY);
  }

  /**
   * Asks the driver which GPU each entry is.
   *
   * @param library name or path of its management library
   */
  static VisibleGpus read(Optional<String> list, String library) {
    List<GpuAddress> entries = list.map(GpuAddress::listed).orElse(List.of());
    return new VisibleGpus(list, entries.size() < 2 ? Map.of() : uuids(entries, library));
  }

  private static Map<GpuAddress, String> uuids(List<GpuAddress> entries, String library) {
    Map<GpuAddress, String> uuids = new HashMap<>();
    try {
      Optional<Nvml> opened = Nvml.open(library);
      if (opened.isPresent()) {
        try (Nvml nvml = opened.get()) {
          entries.forEach(entry -> uuid(entry, nvml).ifPresent(uuid -> uuids.put(entry, uuid)));
        }
      }
    } catch (NvmlException e) {
      // It does not start: then the words are all there is.
    }
    return uuids;
  }

  private static Optional<String> uuid(GpuAddress entry, Nvml nvml) {
    try {
      return entry.uuid(nvml);
    } catch (NvmlException e) {
      return Optional.empty();
    }
  }

  /**
   * Counts them.
   *
   * @param gpus how many the machine has
   */
  public int count(int gpus) {
    if (list.isEmpty()) {
      return gpus;
    }
    Set<String> counted = new HashSet<>();
    for (GpuAddress entry : GpuAddress.listed(list.get())) {
      if (!isGpu(entry, gpus) || !counted.add(uuids.getOrDefault(entry, entry.name()))) {
        break;
      }
    }
    return counted.size();
  }

  private static boolean isGpu(GpuAddress entry, int gpus) {
    return entry.isIndex()
        ? Integer.parseInt(entry.name()) < gpus
        : entry.name().startsWith("GPU-") || entry.name().startsWith("MIG-");
  }

  /** The variable as it is set, such as {@code CUDA_VISIBLE_DEVICES=1,0}; empty if it is not. */
  public Optional<String> text() {
    return list.map(value -> GpuAddress.VISIBLE + "=" + value);
  }
}
