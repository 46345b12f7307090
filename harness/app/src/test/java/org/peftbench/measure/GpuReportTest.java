package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.measure.nvml.FakeNvml;

/** What {@code bench doctor} says of a GPU, under each script of the fake library. */
class GpuReportTest {

  private static final String READ =
      "- 0 is read in T (memory) and T (state): while a cell runs, every 20 and every 100 ms\n";
  private static final String WHOLE =
      "ok 0: Fake GPU, 80.0 GiB, driver 570.1, GPU-00000000, ECC on\n" + READ;

  @TempDir Path folder;

  @Test
  void aGpuThatTellsEverythingIsALine() throws Exception {
    assertReport(WHOLE, whole().play());
  }

  @Test
  void eachGpuIsALine() throws Exception {
    assertReport(
        "ok 0: Fake GPU, 80.0 GiB, driver 570.1, GPU-00000000\n"
            + READ
            + "ok 1: Fake GPU, 80.0 GiB, driver 570.1, GPU-00000001\n"
            + READ.replace("0 is", "1 is"),
        whole().play("gpus 2", "ecc 0"));
  }

  @Test
  void noLibraryAndNoDriverIsAMachineWithoutGpu() {
    String absent = folder.resolve("absent.so").toString();
    assertEquals(
        "- no NVIDIA driver is running: cells run on the CPU\n", text(GpuReport.of(absent, false)));
    assertEquals(
        "- an NVIDIA driver is running, but "
            + absent
            + " cannot be loaded: no figures of the GPU are available\n",
        text(GpuReport.of(absent, true)));
  }

  @Test
  void aLibraryThatDoesNotStartSaysItInTheDriversWords() throws Exception {
    FakeNvml fake = whole().play("nvmlInit_v2 18");
    assertReport(
        "BAD NVML does not work: Driver/library version mismatch (nvmlInit_v2 gave 18)\n", fake);
    fake.play("nvmlInit_v2 9");
    assertEquals(
        "- NVML does not work: Driver Not Loaded (nvmlInit_v2 gave 9); cells run on the CPU\n",
        text(GpuReport.of(fake.path(), false)));
  }

  @Test
  void aDriverWithoutGpuIsSaid() throws Exception {
    assertReport("- an NVIDIA driver is running, but has no GPU\n", whole().play("gpus 0"));
  }

  @Test
  void aLostGpuIsBadAndTheOthersAreStillTold() throws Exception {
    assertReport(
        "BAD 0: GPU is lost (nvmlDeviceGetUUID gave 15)\n"
            + WHOLE.replace("0: ", "1: ").replace("0 is", "1 is").replace("00000000", "00000001"),
        whole().play("gpus 2", "lost 0"));
  }

  @Test
  void missingSymbolsAreNamedWithTheFiguresTheyTakeAway() throws Exception {
    assertReport(
        WHOLE
            + "- 0 does not tell: energy; the driver's library lacks"
            + " nvmlDeviceGetTotalEnergyConsumption\n",
        FakeNvml.lacking(folder, "nvmlDeviceGetTotalEnergyConsumption").play());
    assertReport(
        WHOLE
            + "- 0 does not tell: power of the moment, average power, energy, temperature;"
            + " the driver's library lacks nvmlDeviceGetFieldValues and 2 more\n",
        FakeNvml.lacking(
                folder,
                "nvmlDeviceGetTotalEnergyConsumption",
                "nvmlDeviceGetFieldValues",
                "nvmlDeviceGetTemperature")
            .play());
  }

  @Test
  void anOldDriverThatHasAnEarlierVersionOfEverythingLacksNothing() throws Exception {
    assertReport(
        WHOLE,
        FakeNvml.lacking(
                folder,
                "nvmlDeviceGetComputeRunningProcesses_v3",
                "nvmlDeviceGetMemoryInfo_v2",
                "nvmlDeviceGetCurrentClocksEventReasons")
            .play());
  }

  @Test
  void figuresThatAGpuDoesNotSupportAreNamed() throws Exception {
    assertReport(
        WHOLE + "- 0 does not tell: processes, SM clock, memory clock, utilisation\n",
        whole()
            .play(
                "nvmlDeviceGetComputeRunningProcesses_v3 4",
                "nvmlDeviceGetClockInfo 3",
                "nvmlDeviceGetUtilizationRates 3"));
  }

  @Test
  void processesOnTheGpuAreCountedAndNamed() throws Exception {
    assertReport(
        WHOLE + "- 0 is in use by a process (4711): cells would not be measured alone\n",
        whole().play("process 4711 1048576"));
    assertReport(
        WHOLE + "- 0 is in use by 2 processes (4711, 90210): cells would not be measured alone\n",
        whole().play("process 4711 1048576", "process 90210 5"));
  }

  @Test
  void aProcessWithoutBytesIsSaid() throws Exception {
    assertReport(
        WHOLE
            + "- 0 is in use by a process (4711): cells would not be measured alone\n"
            + "- 0 does not tell: memory of a process\n",
        whole().play("process 4711 0"));
  }

  @Test
  void migIsExplained() throws Exception {
    assertReport(
        """
        ok 0: Fake GPU, 80.0 GiB, driver 570.1, GPU-00000000, MIG on, ECC on
        %s- 0 is divided by MIG: its figures are of all instances together; process memory needs \
        privileges, or the UUID of an instance
        - 0 does not tell: processes, utilisation
        """
            .formatted(READ),
        whole()
            .play(
                "mig 1",
                "nvmlDeviceGetComputeRunningProcesses_v3 4",
                "nvmlDeviceGetUtilizationRates 3"));
  }

  private FakeNvml whole() throws IOException, InterruptedException {
    return FakeNvml.compile(folder);
  }

  private static void assertReport(String expected, FakeNvml fake) {
    assertEquals(expected, text(GpuReport.of(fake.path(), true)));
  }

  private static String text(List<GpuReport.Line> lines) {
    return lines.stream()
        .map(line -> line.mark() + " " + line.text().replaceAll("\\d+\\.\\d+ ms", "T") + "\n")
        .collect(Collectors.joining());
  }
}
