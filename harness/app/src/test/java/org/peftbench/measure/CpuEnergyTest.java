package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuEnergyTest {

  @TempDir private Path counters;

  @Test
  void packagesAddUpAndTheirPartsDoNot() throws IOException {
    counter("intel-rapl:0", 1_000_000);
    counter("intel-rapl:0:0", 1_000_000);
    counter("intel-rapl:1", 5_000_000);
    CpuEnergy energy = CpuEnergy.open(counters);
    counter("intel-rapl:0", 3_500_000);
    counter("intel-rapl:0:0", 3_000_000);
    counter("intel-rapl:1", 6_000_000);
    energy.read();
    counter("intel-rapl:1", 6_500_000);
    assertEquals(Optional.of(4.0), energy.joules());
    assertEquals(Optional.of(0.0), energy.joules());
  }

  @Test
  void aCounterMayGoRound() throws IOException {
    counter("intel-rapl:0", 99_000_000);
    CpuEnergy energy = CpuEnergy.open(counters);
    counter("intel-rapl:0", 1_000_000);
    assertEquals(Optional.of(2.0), energy.joules());
  }

  @Test
  void noCountersAreUnavailableAndNotZero() throws IOException {
    assertEquals(Optional.empty(), CpuEnergy.open(counters).joules());
    assertEquals(Optional.empty(), CpuEnergy.open(counters.resolve("none")).joules());
    counter("intel-rapl:0", 1);
    Files.writeString(counters.resolve("intel-rapl:0/energy_uj"), "kept\n");
    assertEquals(Optional.empty(), CpuEnergy.open(counters).joules());
  }

  @Test
  void aCounterThatGoesAwayMakesTheRestUnavailable() throws IOException {
    counter("intel-rapl:0", 1);
    CpuEnergy energy = CpuEnergy.open(counters);
    Files.delete(counters.resolve("intel-rapl:0/energy_uj"));
    assertEquals(Optional.empty(), energy.joules());
  }

  private void counter(String name, long microjoules) throws IOException {
    Path folder = Files.createDirectories(counters.resolve(name));
    Files.writeString(folder.resolve("energy_uj"), microjoules + "\n");
    Files.writeString(folder.resolve("max_energy_range_uj"), "100000000\n");
  }
}
