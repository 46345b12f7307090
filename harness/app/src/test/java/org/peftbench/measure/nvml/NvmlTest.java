package org.peftbench.measure.nvml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.result.GpuUse;

/** What is read of a GPU, under scripts of a library that drives none. */
class NvmlTest {

  private static final String FIRST_UUID = "GPU-00000000-1111-2222-3333-444444444444";
  private static final String ALL_ONES = "18446744073709551615";

  @TempDir static Path folder;
  private static FakeNvml fake;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    fake = FakeNvml.compile(folder);
  }

  @Test
  void aGpuTellsWhatItIs() throws NvmlException {
    assertEquals(
        new GpuUse.Facts(
            Optional.of(FIRST_UUID),
            Optional.of("Fake GPU"),
            Optional.of("570.1"),
            Optional.of(80L << 30),
            Optional.of(false),
            Optional.of(true)),
        facts(fake.play()));
  }

  @Test
  void aGpuTellsItsState() throws NvmlException {
    assertEquals(
        new GpuSample(
            new GpuPower(Optional.of(260.5), Optional.of(240.0), Optional.of(250.0)),
            Optional.of(123456.789),
            Optional.of(1980),
            Optional.of(2619),
            Optional.of(97),
            Optional.of(54),
            Optional.of(List.of("software-power-cap"))),
        sample(fake.play()));
  }

  @Test
  void aGpuTellsWhoHoldsItsMemory() throws NvmlException {
    assertEquals(
        new Occupancy(
            new DeviceMemory(Optional.of(80L << 30), Optional.of(1L << 30), Optional.of(3L << 30)),
            Optional.of(
                List.of(
                    new GpuProcess(4711, Optional.of(2L << 30)),
                    new GpuProcess(4_000_000_000L, Optional.of(1L << 30))))),
        occupancy(
            fake.play(
                "used " + (3L << 30),
                "process 4711 " + (2L << 30),
                "process 4000000000 " + (1L << 30))));
  }

  @Test
  void anIdleGpuIsIdleAndNotUnavailable() throws NvmlException {
    fake.play("busy 0", "throttle 0", "used 0");
    assertEquals(Optional.of(0), sample(fake).busyPercent());
    assertEquals(Optional.of(List.of()), sample(fake).throttleReasons());
    assertEquals(Optional.of(0L), occupancy(fake).memory().used());
    assertEquals(Optional.of(List.of()), occupancy(fake).processes());
  }

  @Test
  void throttleReasonsWithoutANameHaveTheirNumber() throws NvmlException {
    assertEquals(
        Optional.of(List.of("gpu-idle", "hardware-thermal-slowdown", "display-clocks", "bit-12")),
        sample(fake.play("throttle " + (1 | 1 << 6 | 1 << 8 | 1 << 12))).throttleReasons());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", ALL_ONES})
  void noFigureIsMadeOfZeroOrAllOnes(String value) throws NvmlException {
    fake.play(
        "power " + value,
        "energy " + value,
        "sm_clock " + value,
        "memory_clock " + value,
        "temperature " + value,
        "total " + value,
        "process 4711 " + value);
    GpuSample sample = sample(fake);
    assertEquals(Optional.empty(), sample.power().plain());
    assertEquals(Optional.empty(), sample.energyJoules());
    assertEquals(Optional.empty(), sample.smClockMegahertz());
    assertEquals(Optional.empty(), sample.memoryClockMegahertz());
    assertEquals(Optional.empty(), sample.temperatureCelsius());
    assertEquals(Optional.empty(), facts(fake).memoryBytes());
    assertEquals(
        Optional.of(List.of(new GpuProcess(4711, Optional.empty()))), occupancy(fake).processes());
  }

  @Test
  void allOnesAreUnavailableWhereZeroIsAValue() throws NvmlException {
    fake.play(
        "busy " + ALL_ONES,
        "throttle " + ALL_ONES,
        "used " + ALL_ONES,
        "mig " + ALL_ONES,
        "ecc " + ALL_ONES);
    assertEquals(Optional.empty(), sample(fake).busyPercent());
    assertEquals(Optional.empty(), sample(fake).throttleReasons());
    assertEquals(Optional.empty(), occupancy(fake).memory().used());
    assertEquals(Optional.empty(), facts(fake).mig());
    assertEquals(Optional.empty(), facts(fake).ecc());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 6, 13, 14, 21, 25, 26, 27})
  void aCodeOfAWorkingGpuMakesOneFigureUnavailable(int code) throws NvmlException {
    fake.play(
        "nvmlDeviceGetTotalEnergyConsumption " + code,
        "nvmlDeviceGetFieldValues " + code,
        "nvmlDeviceGetComputeRunningProcesses_v3 " + code,
        "nvmlDeviceGetEccMode " + code,
        "nvmlDeviceGetUUID " + code);
    assertEquals(Optional.empty(), sample(fake).energyJoules());
    assertEquals(
        new GpuPower(Optional.empty(), Optional.empty(), Optional.of(250.0)), sample(fake).power());
    assertEquals(Optional.empty(), occupancy(fake).processes());
    assertEquals(Optional.empty(), facts(fake).ecc());
    assertEquals(Optional.empty(), facts(fake).uuid());
    assertEquals(Optional.of("Fake GPU"), facts(fake).name());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 9, 10, 11, 15, 16, 17, 18, 20, 999, 12345})
  void aCodeOfSomethingBrokenIsAFailure(int code) {
    fake.play("nvmlDeviceGetPowerUsage " + code);
    NvmlException e = assertThrows(NvmlException.class, () -> sample(fake));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.endsWith(" (nvmlDeviceGetPowerUsage gave " + code + ")"), message);
    assertEquals(code == 10 || code == 999, e.isPassing());
  }

  @Test
  void aLostGpuFailsInTheDriversWordsAndOthersGoOn() throws NvmlException {
    fake.play("gpus 2", "lost 1");
    try (Nvml nvml = fake.open()) {
      assertEquals(2, nvml.count());
      assertEquals(Optional.of("Fake GPU"), nvml.gpu(0).facts().name());
      Gpu lost = nvml.gpu(1);
      assertFails("GPU is lost (nvmlDeviceGetUUID gave 15)", lost::facts);
      assertFails("GPU is lost (nvmlDeviceGetMemoryInfo_v2 gave 15)", lost::occupancy);
      assertFails("GPU is lost (nvmlDeviceGetFieldValues gave 15)", lost::sample);
    }
    fake.play("field_code 15");
    assertFails("GPU is lost (nvmlDeviceGetFieldValues gave 15)", () -> sample(fake));
  }

  @Test
  void powerIsReadInWhateverTypeTheDriverGivesIt() throws NvmlException {
    for (int type : new int[] {0, 1, 2, 3, 4, 5}) {
      assertEquals(
          Optional.of(260.5), sample(fake.play("field_type " + type)).power().instant(), "" + type);
    }
    assertEquals(Optional.empty(), sample(fake.play("field_type 77")).power().instant());
  }

  @Test
  void aGpuIsFoundByItsUuid() throws NvmlException {
    fake.play("gpus 2");
    try (Nvml nvml = fake.open()) {
      String second = nvml.gpu(1).facts().uuid().orElseThrow();
      assertEquals(Optional.of(second), nvml.gpu(second).facts().uuid());
      assertFails(
          "Not Found (nvmlDeviceGetHandleByUUID gave 6)", () -> nvml.gpu("MIG-00000000-1111"));
    }
  }

  @Test
  void aGpuThatMayNotBeUsedIsAFailure() throws NvmlException {
    fake.play("nvmlDeviceGetHandleByIndex_v2 4");
    try (Nvml nvml = fake.open()) {
      assertFails(
          "Insufficient Permissions (nvmlDeviceGetHandleByIndex_v2 gave 4)", () -> nvml.gpu(0));
    }
  }

  @Test
  void aLibraryThatDoesNotStartSaysWhy() {
    fake.play("nvmlInit_v2 18");
    assertFails("Driver/library version mismatch (nvmlInit_v2 gave 18)", fake::open);
    assertEquals(0, fake.starts());
  }

  @Test
  void noLibraryIsNoFailure() throws NvmlException {
    assertEquals(Optional.empty(), Nvml.open(folder.resolve("absent.so").toString()));
  }

  @Test
  void closingShutsTheLibraryDown() throws NvmlException {
    fake.play();
    Nvml nvml = fake.open();
    assertEquals(1, fake.starts());
    Gpu gpu = nvml.gpu(0);
    nvml.close();
    assertEquals(0, fake.starts());
    assertFails("Uninitialized (nvmlDeviceGetUUID gave 1)", gpu::facts);
  }

  static void assertFails(String message, Executable call) {
    assertEquals(message, assertThrows(NvmlException.class, call).getMessage());
  }

  static GpuUse.Facts facts(FakeNvml fake) throws NvmlException {
    try (Nvml nvml = fake.open()) {
      return nvml.gpu(0).facts();
    }
  }

  static GpuSample sample(FakeNvml fake) throws NvmlException {
    try (Nvml nvml = fake.open()) {
      return nvml.gpu(0).sample();
    }
  }

  static Occupancy occupancy(FakeNvml fake) throws NvmlException {
    try (Nvml nvml = fake.open()) {
      return nvml.gpu(0).occupancy();
    }
  }
}
