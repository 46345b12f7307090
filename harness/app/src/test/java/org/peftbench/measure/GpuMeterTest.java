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
import org.peftbench.cell.Phase;
import org.peftbench.measure.nvml.FakeNvml;
import org.peftbench.measure.nvml.NvmlException;
import org.peftbench.result.GpuCost;

/** What a record says of the GPU of a child, whose pid is 50, under scripts of a driver. */
class GpuMeterTest {

  private static final long CHILD = 50;
  private static final GpuAddress FIRST = new GpuAddress("0");
  private static final Pause AT_ONCE = millis -> {};

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
      assertEquals(Optional.empty(), meter.leave(Phase.TRAIN, CHILD));
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
    assertEquals(Optional.empty(), new GpuMeters(folder.resolve("none.so").toString()).open(FIRST));
    fake.play("nvmlInit_v2 9");
    NvmlException broken =
        assertThrows(NvmlException.class, () -> new GpuMeters(fake.path()).open(FIRST));
    assertTrue(broken.toString().contains("nvmlInit_v2 gave 9"), broken.toString());
  }

  @Test
  void whatHappensWhileTheJvmStartsDecidesNothing() throws Exception {
    try (GpuMeter meter = open(fake, "used 100")) {
      reads(meter, "used " + (2 << 20)); // drift
      assertEquals(Optional.empty(), edge(meter, Phase.START).peakProcessBytes());
      reads(meter, "used " + (600 << 20), "process 50 " + (500 << 20));
      assertEquals(Optional.of(500L << 20), edge(meter, Phase.ENGINE).peakProcessBytes());
      assertEquals("pid", meter.use().attribution());
    }
  }

  @Test
  void growthIsCountedFromWhereTheJvmHadStarted() throws Exception {
    try (GpuMeter meter = open(fake, "used 100")) {
      reads(meter, "used " + (2 << 20));
      edge(meter, Phase.START);
      reads(meter, "used " + (502 << 20));
      assertEquals(Optional.of(500L << 20), edge(meter, Phase.ENGINE).peakProcessBytes());
      assertEquals("delta", meter.use().attribution());
    }
  }

  @Test
  void aStrangerThatComesWhileTheJvmStartsIsAStranger() throws Exception {
    try (GpuMeter meter = open(fake, "used 100", "throttle 0")) {
      reads(meter, "used 900", "process 77 800", "throttle 0");
      assertEquals(Optional.empty(), edge(meter, Phase.START).peakProcessBytes());
      reads(meter, "used 1500", "process 77 800", "process 90001 600", "throttle 0");
      assertEquals(Optional.of(600L), edge(meter, Phase.ENGINE).peakProcessBytes());
      assertEquals(List.of("other processes used the GPU: 77"), meter.taints());
    }
  }

  @Test
  void ofTwoThatComeAtOnceUnderPidsOfAHostNeitherIsTheChild() throws Exception {
    try (GpuMeter meter = open(fake, "used 100", "throttle 0")) {
      edge(meter, Phase.START);
      reads(meter, "used 1500", "process 77 800", "process 90001 600", "throttle 0");
      assertEquals(Optional.empty(), edge(meter, Phase.ENGINE).peakProcessBytes());
      assertEquals("none", meter.use().attribution());
      assertEquals(
          List.of("other processes used the GPU: all but one of 77, 90001"), meter.taints());
    }
  }

  @Test
  void withoutAContainerAStrangersPidIsNeverTheChilds() throws Exception {
    fake.play("used 100", "throttle 0");
    try (GpuMeter meter = new GpuMeters(fake.path(), false, AT_ONCE).open(FIRST).orElseThrow()) {
      edge(meter, Phase.START);
      reads(meter, "used 900", "process 77 800", "throttle 0");
      assertEquals(Optional.empty(), edge(meter, Phase.ENGINE).peakProcessBytes());
      assertEquals(List.of("other processes used the GPU: 77"), meter.taints());
    }
  }

  @Test
  void anAnswerThatTheDriverOwesOnceCostsAReading() throws Exception {
    try (GpuMeter meter = open(fake, "used 100", "throttle 0")) {
      reads(meter, "nvmlDeviceGetMemoryInfo_v2 999");
      reads(meter, "used 2000", "process 50 1900", "throttle 0");
      assertEquals(Optional.of(1900L), edge(meter).peakProcessBytes());
      assertEquals(List.of(), meter.taints());
    }
  }

  @Test
  void anAnswerThatTheDriverOwesAgainAndAgainEndsTheReadings() throws Exception {
    try (GpuMeter meter = open(fake, "used 100")) {
      for (int i = 0; i < 100; i++) {
        reads(meter, "nvmlDeviceGetMemoryInfo_v2 999");
      }
      assertEquals(
          List.of(
              "the GPU could not be read to the end: Unknown Error"
                  + " (nvmlDeviceGetMemoryInfo_v2 gave 999)"),
          meter.taints());
      reads(meter, "used 2000", "process 50 1900");
      assertEquals(Optional.empty(), meter.leave(Phase.TRAIN, CHILD));
    }
  }

  @Test
  void idleWattsAreThoseBeforeTheRunsFirstCell() throws Exception {
    GpuMeters meters = new GpuMeters(fake.play().path(), true, AT_ONCE);
    for (int cell = 0; cell < 2; cell++) {
      try (GpuMeter meter = meters.open(FIRST).orElseThrow()) {
        assertEquals(Optional.of(260.5), meter.use().idleWatts());
      }
      fake.goOn("field 186 400000"); // still warm from the cell before
    }
  }

  /** As after the trial of the engine: 400 W, from reading to reading nearer to 70 W. */
  @Test
  void aGpuThatIsStillWarmCoolsBeforeItsIdleWattsAreRead() throws Exception {
    double[] above = {330};
    Pause cools =
        millis -> {
          above[0] *= 0.8;
          fake.goOn("field 186 " + Math.round(1000 * (70 + above[0])));
        };
    fake.play("field 186 400000");
    try (GpuMeter meter = new GpuMeters(fake.path(), true, cools).open(FIRST).orElseThrow()) {
      assertEquals(70, meter.use().idleWatts().orElseThrow(), 1);
    }
  }

  @Test
  void powerThatFallsOnAndOnIsWaitedForTwentySeconds() throws Exception {
    double[] watts = {4000};
    long[] waited = {0};
    Pause falls =
        millis -> {
          waited[0] += millis;
          watts[0] *= 0.95;
          fake.goOn("field 186 " + Math.round(1000 * watts[0]));
        };
    fake.play("field 186 4000000");
    try (GpuMeter meter = new GpuMeters(fake.path(), true, falls).open(FIRST).orElseThrow()) {
      assertTrue(meter.use().idleWatts().isPresent());
    }
    assertEquals(20_000 + 500, waited[0]);
  }

  @Test
  void constantPowerIsWaitedForAsLongAsItTakesToSeeThatAndNoPowerNotAtAll() throws Exception {
    long[] waited = {0};
    Pause counts = millis -> waited[0] += millis;
    fake.play();
    try (GpuMeter meter = new GpuMeters(fake.path(), true, counts).open(FIRST).orElseThrow()) {
      assertEquals(Optional.of(260.5), meter.use().idleWatts());
    }
    assertEquals(4_000 + 500, waited[0]);
    waited[0] = 0;
    fake.play("field_code 3", "nvmlDeviceGetPowerUsage 3");
    try (GpuMeter meter = new GpuMeters(fake.path(), true, counts).open(FIRST).orElseThrow()) {
      assertEquals(Optional.empty(), meter.use().idleWatts());
    }
    assertEquals(500, waited[0]);
  }

  @Test
  void anEdgesReadingThatTheDriverOwesIsTakenAMomentLater() throws Exception {
    Pause answersThen = millis -> fake.goOn("used 2000", "process 50 1900", "throttle 0");
    fake.play("used 100", "throttle 0");
    try (GpuMeter meter = new GpuMeters(fake.path(), true, millis -> {}).open(FIRST).orElseThrow();
        GpuMeter patient =
            new GpuMeters(fake.path(), true, answersThen).open(FIRST).orElseThrow()) {
      fake.goOn("nvmlDeviceGetMemoryInfo_v2 999");
      assertEquals(
          Optional.empty(), meter.leave(Phase.TRAIN, CHILD).orElseThrow().peakProcessBytes());
      assertEquals(
          Optional.of(2000L), patient.leave(Phase.TRAIN, CHILD).orElseThrow().peakDeviceBytes());
    }
  }

  @Test
  void aMeterThatIsClosedReadsNothingMore() throws Exception {
    GpuMeter meter = open(fake, "used 100", "throttle 0");
    meter.close();
    reads(meter, "used 2000", "process 50 1900");
    assertEquals(Optional.empty(), meter.leave(Phase.TRAIN, CHILD));
    assertEquals(List.of(), meter.taints());
  }

  @Test
  void aFigureThatTheDriverNeverAnswersForTakesNoMemoryAway() throws Exception {
    String silent = "nvmlDeviceGetTotalEnergyConsumption 999";
    try (GpuMeter meter = open(fake, "used 100", "throttle 0", silent)) {
      assertEquals(Optional.empty(), meter.use().idleWatts());
      reads(meter, "used 2000", "process 50 1900", "throttle 0", silent);
      for (int edges = 0; edges < 100; edges++) {
        assertEquals(Optional.of(1900L), edge(meter).peakProcessBytes());
      }
      assertEquals(List.of(), meter.taints());
    }
  }

  @Test
  void anEarlierCellThatIsStillListedIsNoStranger() throws Exception {
    GpuMeters meters = new GpuMeters(fake.play("used 100", "throttle 0").path(), true, AT_ONCE);
    try (GpuMeter first = meters.open(FIRST).orElseThrow()) {
      first.watches(CHILD);
      edge(first, Phase.START);
      reads(first, "used 2000", "process 90001 1900", "throttle 0");
      edge(first, Phase.ENGINE);
      assertEquals("newpid", first.use().attribution());
    }
    try (GpuMeter second = meters.open(FIRST).orElseThrow()) {
      second.watches(51);
      assertEquals(
          Optional.empty(), second.leave(Phase.START, 51).orElseThrow().peakProcessBytes());
      reads(second, "used 2500", "process 90002 600", "process 90001 1900", "throttle 0");
      assertEquals(
          Optional.of(600L), second.leave(Phase.ENGINE, 51).orElseThrow().peakProcessBytes());
      assertEquals(List.of(), second.taints());
    }
  }

  @Test
  void whatIsReadBetweenTwoPhasesIsNeithers() throws Exception {
    try (GpuMeter meter = open(fake, "used 100")) {
      reads(meter, "used 2000", "process 50 1900");
      meter.leave(Phase.ENGINE, CHILD);
      reads(meter, "used 9000", "process 50 8900");
      fake.goOn("used 1000", "process 50 900");
      meter.enter();
      assertEquals(Optional.of(900L), edge(meter, Phase.LOAD).peakProcessBytes());
    }
  }

  /** As in a container, where the driver may list a child under a pid of the host. */
  private static GpuMeter open(FakeNvml library, String... script)
      throws NvmlException, InterruptedException {
    library.play(script);
    return new GpuMeters(library.path(), true, AT_ONCE).open(FIRST).orElseThrow();
  }

  private static void reads(GpuMeter meter, String... script) {
    fake.goOn(script);
    meter.read();
  }

  private static GpuCost edge(GpuMeter meter) {
    return edge(meter, Phase.TRAIN);
  }

  private static GpuCost edge(GpuMeter meter, Phase phase) {
    GpuCost cost = meter.leave(phase, CHILD).orElseThrow();
    meter.enter();
    return cost;
  }
}
