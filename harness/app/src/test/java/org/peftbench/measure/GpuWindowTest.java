package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.peftbench.measure.nvml.GpuPower;
import org.peftbench.measure.nvml.GpuSample;
import org.peftbench.result.GpuCost;

/** Energy, clocks and temperature of a phase, from readings of a GPU. */
class GpuWindowTest {

  @Test
  void energyIsTheCountersDifferenceAndPowerTimesTimeChecksIt() {
    GpuWindow window = new GpuWindow();
    window.add(sample(1000, 200, 60));
    window.add(sample(1550, 300, 70));
    GpuCost cost = window.cost(null, 2);
    assertEquals(Optional.of(550.0), cost.joules());
    assertEquals(Optional.of(500.0), cost.integratedJoules());
    assertEquals(Optional.of(70), cost.hottestCelsius());
    assertEquals(Optional.of(1500.0), cost.smMegahertz());
  }

  @Test
  void aPhaseTooShortForTheCounterHasNoEnergyAndNotZero() {
    GpuWindow window = new GpuWindow();
    window.add(sample(1000, 200, 60));
    window.add(sample(1050, 200, 60));
    assertEquals(Optional.empty(), window.cost(null, 0.5).joules());
    assertEquals(Optional.empty(), window.cost(null, 0.5).integratedJoules());
  }

  @Test
  void aCounterThatStandsStillIsUnavailable() {
    GpuWindow window = new GpuWindow();
    window.add(sample(1000, 200, 60));
    window.add(sample(1000, 200, 60));
    assertEquals(Optional.empty(), window.cost(null, 5).joules());
  }

  private static GpuSample sample(double joules, double watts, int celsius) {
    return new GpuSample(
        new GpuPower(Optional.of(watts), Optional.empty(), Optional.empty()),
        Optional.of(joules),
        Optional.of(1500),
        Optional.of(2600),
        Optional.of(90),
        Optional.of(celsius),
        Optional.of(List.of()));
  }
}
