package org.peftbench.measure.nvml;

import java.util.List;
import java.util.Optional;

/**
 * The state of a GPU at one moment. All of it is the device's, not one process's.
 *
 * @param power what it draws
 * @param energyJoules since the driver was loaded; differences mean something
 * @param smClockMegahertz clock of the multiprocessors
 * @param memoryClockMegahertz clock of the memory
 * @param busyPercent share of the driver's last sample period, of 1/6 to 1 second, in which a
 *     kernel ran
 * @param temperatureCelsius of the die
 * @param throttleReasons why clocks are not as high as they can be; none is an empty list
 */
public record GpuSample(
    GpuPower power,
    Optional<Double> energyJoules,
    Optional<Integer> smClockMegahertz,
    Optional<Integer> memoryClockMegahertz,
    Optional<Integer> busyPercent,
    Optional<Integer> temperatureCelsius,
    Optional<List<String>> throttleReasons) {

  /** Copies the reasons. */
  public GpuSample {
    throttleReasons = throttleReasons.map(List::copyOf);
  }
}
