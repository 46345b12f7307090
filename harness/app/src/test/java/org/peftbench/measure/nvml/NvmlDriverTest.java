package org.peftbench.measure.nvml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.measure.nvml.NvmlTest.assertFails;
import static org.peftbench.measure.nvml.NvmlTest.facts;
import static org.peftbench.measure.nvml.NvmlTest.occupancy;
import static org.peftbench.measure.nvml.NvmlTest.sample;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers of other ages: functions that are not there, and entries of other sizes. */
class NvmlDriverTest {

  private static final String THIRD = "nvmlDeviceGetComputeRunningProcesses_v3";
  private static final String SECOND = "nvmlDeviceGetComputeRunningProcesses_v2";
  private static final String FIRST = "nvmlDeviceGetComputeRunningProcesses";
  private static final String SECOND_MEMORY = "nvmlDeviceGetMemoryInfo_v2";

  private static final String[] TWO_PROCESSES = {"process 11 1000", "process 12 2000"};
  private static final Optional<List<GpuProcess>> BOTH =
      Optional.of(
          List.of(new GpuProcess(11, Optional.of(1000L)), new GpuProcess(12, Optional.of(2000L))));

  @TempDir Path folder;

  @Test
  void processesFallBackToTheSecondVersion() throws Exception {
    FakeNvml fake = FakeNvml.lacking(folder, THIRD).play(TWO_PROCESSES);
    assertEquals(BOTH, occupancy(fake).processes());
  }

  @Test
  void theFirstVersionHasShorterEntries() throws Exception {
    FakeNvml fake =
        FakeNvml.compile(folder, "-DENTRY_BYTES=16", "-D" + THIRD + "=a", "-D" + SECOND + "=b");
    assertEquals(BOTH, occupancy(fake.play(TWO_PROCESSES)).processes());
    assertEquals(Optional.of(List.of()), occupancy(fake.play()).processes());
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 24, 32})
  void theThirdVersionIsReadByTheSizeOfItsEntries(int bytes) throws Exception {
    FakeNvml fake = FakeNvml.compile(folder, "-DENTRY_BYTES=" + bytes).play(TWO_PROCESSES);
    assertEquals(BOTH, occupancy(fake).processes());
  }

  @Test
  void entriesOfAnUnknownSizeAreNotGuessedAt() throws Exception {
    FakeNvml fake = FakeNvml.compile(folder, "-DENTRY_BYTES=40").play(TWO_PROCESSES);
    assertEquals(Optional.empty(), occupancy(fake).processes());
  }

  @Test
  void moreProcessesThanExpectedAreAllListed() throws Exception {
    String[] many =
        LongStream.rangeClosed(1, 200)
            .mapToObj(pid -> "process " + pid + " 1000")
            .toArray(String[]::new);
    List<GpuProcess> listed =
        occupancy(FakeNvml.compile(folder).play(many)).processes().orElseThrow();
    assertEquals(200, listed.size());
    assertEquals(new GpuProcess(200, Optional.of(1000L)), listed.get(199));
  }

  @Test
  void memoryFallsBackToTheFirstVersionWhichCountsTheReserve() throws Exception {
    FakeNvml fake = FakeNvml.lacking(folder, SECOND_MEMORY).play("used 5", "reserved 7");
    assertEquals(
        new DeviceMemory(Optional.of(80L << 30), Optional.empty(), Optional.of(12L)),
        occupancy(fake).memory());
    fake = FakeNvml.compile(folder).play("used 5", "reserved 7", SECOND_MEMORY + " 25");
    assertEquals(Optional.of(12L), occupancy(fake).memory().used());
  }

  @Test
  void throttleReasonsFallBackToTheirOldName() throws Exception {
    FakeNvml fake = FakeNvml.lacking(folder, "nvmlDeviceGetCurrentClocksEventReasons").play();
    assertEquals(Optional.of(List.of("software-power-cap")), sample(fake).throttleReasons());
  }

  @Test
  void whatAnOldLibraryLacksIsUnavailableAndNamed() throws Exception {
    String[] lacking = {
      THIRD,
      SECOND,
      FIRST,
      SECOND_MEMORY,
      "nvmlDeviceGetMemoryInfo",
      "nvmlDeviceGetTotalEnergyConsumption",
      "nvmlDeviceGetFieldValues",
      "nvmlDeviceGetPowerUsage",
      "nvmlDeviceGetMigMode",
      "nvmlSystemGetDriverVersion"
    };
    FakeNvml fake = FakeNvml.lacking(folder, lacking).play();
    try (Nvml nvml = fake.open()) {
      Gpu gpu = nvml.gpu(0);
      assertEquals(Set.of(), nvml.missing());
      Optional<Long> none = Optional.empty();
      assertEquals(
          new Occupancy(new DeviceMemory(none, none, none), Optional.empty()), gpu.occupancy());
      assertEquals(Optional.empty(), gpu.facts().mig());
      assertEquals(Optional.empty(), gpu.facts().driver());
      assertEquals(Optional.of(true), gpu.facts().ecc());
      GpuSample sample = gpu.sample();
      assertEquals(
          new GpuPower(Optional.empty(), Optional.empty(), Optional.empty()), sample.power());
      assertEquals(Optional.empty(), sample.energyJoules());
      assertEquals(Optional.of(1980), sample.smClockMegahertz());
      assertEquals(
          Set.of(
              THIRD,
              "nvmlDeviceGetMemoryInfo",
              "nvmlDeviceGetTotalEnergyConsumption",
              "nvmlDeviceGetFieldValues",
              "nvmlDeviceGetPowerUsage",
              "nvmlDeviceGetMigMode",
              "nvmlSystemGetDriverVersion"),
          nvml.missing());
    }
  }

  @Test
  void aLibraryThatCannotBeStartedOrHasNoWordsIsAFailure() throws Exception {
    FakeNvml noStart = FakeNvml.lacking(folder, "nvmlInit_v2").play();
    assertFails("Unknown Error (nvmlInit_v2 gave 13)", noStart::open);
    FakeNvml noWords = FakeNvml.lacking(folder, "nvmlErrorString").play("nvmlDeviceGetName 15");
    assertFails("NVML error (nvmlDeviceGetName gave 15)", () -> facts(noWords));
  }
}
