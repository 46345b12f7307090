package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.measure.nvml.FakeNvml;
import org.peftbench.measure.nvml.NvmlException;
import org.peftbench.result.GpuCost;

/** What a record says of the GPU of a child, whose pid is 50, under scripts of a driver. */
class GpuMeterTest {

  private static final long CHILD = 50;
  private static final GpuAddress FIRST = new GpuAddress("0");

  @TempDir static Path folder;
  private static FakeNvml fake;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    fake = FakeNvml.compile(folder);
  }

  @Test
  void aPhaseHasItsPeakAndNotThatOfTheOneBefore() throws Exception {
    try (GpuMeter meter = open(fake, "used 100", "throttle 1")) {
      reads(meter, "used 700", "process 50 500", "throttle 0"); // the context
      assertEquals(Optional.of(500L), edge(meter).peakProcessBytes());
      reads(meter, "used 2200", "process 50 2000", "throttle 0");
      reads(meter, "used 1200", "process 50 1000", "throttle 0");
      GpuCost train = edge(meter);
      assertEquals(Optional.of(2000L), train.peakProcessBytes());
      assertEquals(Optional.of(2200L), train.peakDeviceBytes());
      GpuCost test = edge(meter);
      assertEquals(Optional.of(1000L), test.peakProcessBytes());
      assertEquals(Optional.of(1200L), test.peakDeviceBytes());
      assertEquals("pid", meter.use().attribution());
      assertEquals(Optional.of(260.5), meter.use().idleWatts());
      assertEquals(Optional.of("Fake GPU"), meter.use().facts().name());
      assertEquals(List.of(), meter.taints());
    }
  }

  @Test
  void aHostsPidIsTheChildsWhereItIsTheNewOne() throws Exception {
    try (GpuMeter meter = open(fake, "used 100", "throttle 0")) {
      reads(meter, "used 2000", "process 90001 1900", "throttle 0");
      assertEquals(Optional.of(1900L), edge(meter).peakProcessBytes());
      assertEquals("newpid", meter.use().attribution());
      assertEquals(List.of(), meter.taints());
    }
  }

  @Test
  void zeroBytesOfTheChildAreTheGrowthOfTheDevice() throws Exception {
    try (GpuMeter meter = open(fake, "used 100")) {
      reads(meter, "used 2000", "process 50 0");
      assertEquals(Optional.of(1900L), edge(meter).peakProcessBytes());
      assertEquals("delta", meter.use().attribution());
    }
  }

  @Test
  void underMigWithoutPrivilegesTheChildIsNotKnownAndNotZero() throws Exception {
    String unlisted = "nvmlDeviceGetComputeRunningProcesses_v3 4";
    try (GpuMeter meter = open(fake, "mig 1", "used 100", unlisted)) {
      reads(meter, "mig 1", "used 2000", unlisted);
      GpuCost cost = edge(meter);
      assertEquals(Optional.empty(), cost.peakProcessBytes());
      assertEquals(Optional.of(2000L), cost.peakDeviceBytes());
      assertEquals("none", meter.use().attribution());
      assertEquals(Optional.of(true), meter.use().facts().mig());
    }
  }

  @Test
  void anotherProcessTaintsTheCell() throws Exception {
    try (GpuMeter meter = open(fake, "used 900", "process 7 800", "throttle 0")) {
      reads(meter, "used 2900", "process 7 800", "process 50 1900", "throttle 0");
      assertEquals(Optional.of(1900L), edge(meter).peakProcessBytes());
      assertEquals(List.of("other processes used the GPU: 7"), meter.taints());
      reads(meter, "used 3900", "process 7 800", "process 50 1900", "process 51 900", "throttle 0");
      assertEquals(Optional.of(1900L), edge(meter).peakProcessBytes());
      assertEquals(List.of("other processes used the GPU: 7, 51"), meter.taints());
    }
  }

  @Test
  void aGpuThatIsLostGivesNoMoreReadingsAndTaints() throws Exception {
    try (GpuMeter meter = open(fake, "used 100", "throttle 0")) {
      reads(meter, "used 2000", "process 50 1900", "throttle 0");
      assertEquals(Optional.of(1900L), edge(meter).peakProcessBytes());
      reads(meter, "lost 0");
      assertEquals(Optional.empty(), meter.edge(CHILD));
      assertEquals(1, meter.taints().size());
      String taint = meter.taints().get(0);
      assertTrue(taint.startsWith("the GPU could not be read to the end: "), taint);
    }
  }

  @Test
  void throttlingTaintsButIdlenessAndChosenClocksDoNot() throws Exception {
    try (GpuMeter meter = open(fake, "throttle 1")) {
      reads(meter, "throttle 3"); // idle, application clocks
      assertEquals(List.of("application-clocks", "gpu-idle"), edge(meter).slowedBy());
      assertEquals(List.of(), meter.taints());
      reads(meter, "throttle 64");
      edge(meter);
      assertEquals(List.of("the GPU was slowed by hardware-thermal-slowdown"), meter.taints());
    }
  }

  @Test
  void whatAnOldDriverLacksIsUnavailable() throws Exception {
    FakeNvml old =
        FakeNvml.lacking(
            folder,
            "nvmlDeviceGetTotalEnergyConsumption",
            "nvmlDeviceGetFieldValues",
            "nvmlDeviceGetPowerUsage",
            "nvmlDeviceGetCurrentClocksEventReasons",
            "nvmlDeviceGetCurrentClocksThrottleReasons",
            "nvmlDeviceGetMemoryInfo_v2");
    try (GpuMeter meter = open(old, "used 100")) {
      old.goOn("used 2000", "process 50 1900");
      meter.read();
      GpuCost cost = edge(meter);
      assertEquals(Optional.of(1900L), cost.peakProcessBytes());
      assertEquals(Optional.of(1980.0), cost.smMegahertz());
      assertEquals(Optional.empty(), cost.joules());
      assertEquals(Optional.empty(), cost.integratedJoules());
      assertEquals(Optional.empty(), meter.use().idleWatts());
      assertEquals(List.of(), cost.slowedBy());
    }
  }

  @Test
  void driversThatDoNotWorkHaveNoMeter() throws Exception {
    assertEquals(Optional.empty(), GpuMeter.open(folder.resolve("none.so").toString(), FIRST));
    fake.play("nvmlInit_v2 9");
    NvmlException broken =
        assertThrows(NvmlException.class, () -> GpuMeter.open(fake.path(), FIRST));
    assertTrue(broken.toString().contains("nvmlInit_v2 gave 9"), broken.toString());
  }

  private static GpuMeter open(FakeNvml library, String... script)
      throws NvmlException, InterruptedException {
    library.play(script);
    return GpuMeter.open(library.path(), FIRST).orElseThrow();
  }

  private static void reads(GpuMeter meter, String... script) {
    fake.goOn(script);
    meter.read();
  }

  private static GpuCost edge(GpuMeter meter) {
    return meter.edge(CHILD).orElseThrow();
  }
}
