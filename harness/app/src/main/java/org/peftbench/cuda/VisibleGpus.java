package org.peftbench.cuda;

import java.util.Optional;

/**
 * The GPUs that {@code CUDA_VISIBLE_DEVICES} leaves to CUDA, which numbers them anew in the order
 * of that list. A list ends at its first entry that is no GPU of this machine.
 *
 * @param list the variable's value; empty if it is not set
 */
public record VisibleGpus(Optional<String> list) {

  /** The variable. */
  public static final String VARIABLE = "CUDA_VISIBLE_DEVICES";

  /**
   * Counts them.
   *
   * @param gpus how many the machine has
   */
  public int count(int gpus) {
    if (list.isEmpty()) {
      return gpus;
    }
    int count = 0;
    for (String entry : list.get().split(",", -1)) {
      if (!isGpu(entry.strip(), gpus)) {
        break;
      }
      count++;
    }
    return count;
  }

  private static boolean isGpu(String entry, int gpus) {
    return entry.matches("\\d{1,4}")
        ? Integer.parseInt(entry) < gpus
        : entry.startsWith("GPU-") || entry.startsWith("MIG-");
  }

  /** The variable as it is set, such as {@code CUDA_VISIBLE_DEVICES=1,0}; empty if it is not. */
  public Optional<String> text() {
    return list.map(value -> VARIABLE + "=" + value);
  }
}
