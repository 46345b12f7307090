package org.peftbench.result;

import java.util.List;
import java.util.Optional;

/**
 * What one phase took of a GPU, as far as its driver tells. All but the process's memory is the
 * device's, whoever used it.
 *
 * @param peakProcessBytes largest reading of what the child holds
 * @param peakDeviceBytes largest reading of what is allocated on the device
 * @param joules by the device's energy counter; empty in phases too short for it
 * @param integratedJoules by the readings of power, as a check on the counter
 * @param smMegahertz mean clock of the multiprocessors
 * @param memoryMegahertz mean clock of the memory
 * @param busyPercent mean utilisation
 * @param hottestCelsius highest temperature of the die
 * @param slowedBy why clocks were not as high as they can be, whenever that was
 */
public record GpuCost(
    Optional<Long> peakProcessBytes,
    Optional<Long> peakDeviceBytes,
    Optional<Double> joules,
    Optional<Double> integratedJoules,
    Optional<Double> smMegahertz,
    Optional<Double> memoryMegahertz,
    Optional<Double> busyPercent,
    Optional<Integer> hottestCelsius,
    List<String> slowedBy) {

  /** Copies the reasons. */
  public GpuCost {
    slowedBy = List.copyOf(slowedBy);
  }
}
