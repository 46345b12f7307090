package org.peftbench.result;

import java.util.Optional;

/**
 * The GPU that a cell ran on.
 *
 * @param facts what it is
 * @param attribution how the child's memory was told from that of others: {@code pid}, {@code
 *     newpid}, {@code delta} or {@code none}
 * @param idleWatts what it drew before the run's first cell on it started
 */
public record GpuUse(Facts facts, String attribution, Optional<Double> idleWatts) {

  /**
   * What a GPU is, as far as the driver tells. Its index is not part of it: NVML does not promise
   * the same one after a reboot, nor that it is CUDA's.
   *
   * @param uuid identity of the device, or of the MIG instance
   * @param name product name
   * @param driver version of the driver
   * @param memoryBytes all of its memory
   * @param mig whether it is divided into MIG instances
   * @param ecc whether its memory corrects errors
   */
  public record Facts(
      Optional<String> uuid,
      Optional<String> name,
      Optional<String> driver,
      Optional<Long> memoryBytes,
      Optional<Boolean> mig,
      Optional<Boolean> ecc) {}
}
