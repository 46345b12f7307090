package org.peftbench.measure.nvml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.measure.nvml.NvmlTest.occupancy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A child, whose pid is 50, comes to a GPU that the library plays. */
class NvmlShareTest {

  private static final long CHILD = 50;

  @TempDir static Path folder;
  private static FakeNvml fake;

  @BeforeAll
  static void compile() throws IOException, InterruptedException {
    fake = FakeNvml.compile(folder);
  }

  @Test
  void theChildIsListedByItsPid() throws NvmlException {
    MemoryShare share = decide(fake("used 0"), fake("used 2000", "process 50 1900"));
    assertEquals(Attribution.PID, share.how());
    assertEquals(Optional.of(1900L), share.bytes(fake("used 2000", "process 50 1900")));
  }

  @Test
  void inAContainerTheNewHostPidIsTheChild() throws NvmlException {
    MemoryShare share = decide(fake("used 0"), fake("used 2000", "process 90001 1900"));
    assertEquals(Attribution.NEWPID, share.how());
    assertEquals(Optional.of(2500L), share.bytes(fake("used 2600", "process 90001 2500")));
  }

  @Test
  void inAContainerThatListsNothingTheGrowthIsTheChild() throws NvmlException {
    MemoryShare share = decide(fake("used 100"), fake("used 2000"));
    assertEquals(Attribution.DELTA, share.how());
    assertEquals(Optional.of(2500L), share.bytes(fake("used 2600")));
  }

  @Test
  void zeroBytesOfTheChildAreItsGrowthAndNotZero() throws NvmlException {
    MemoryShare share = decide(fake("used 100"), fake("used 2000", "process 50 0"));
    assertEquals(Attribution.DELTA, share.how());
    assertEquals(Optional.of(2500L), share.bytes(fake("used 2600", "process 50 0")));
  }

  @Test
  void aSecondProcessIsReportedAndTakesTheGrowthAway() throws NvmlException {
    MemoryShare share = decide(fake("used 100"), fake("used 2000", "process 50 0"));
    Occupancy shared = fake("used 3000", "process 50 0", "process 51 900");
    assertEquals(Set.of(51L), share.others(shared));
    assertEquals(Optional.empty(), share.bytes(shared));
  }

  @Test
  void underMigWithoutPrivilegesNothingIsKnown() throws NvmlException {
    String unlisted = "nvmlDeviceGetComputeRunningProcesses_v3 4";
    MemoryShare share =
        decide(fake("mig 1", "used 100", unlisted), fake("mig 1", "used 2000", unlisted));
    assertEquals(Attribution.NONE, share.how());
  }

  private static Occupancy fake(String... script) throws NvmlException {
    return occupancy(fake.play(script));
  }

  private static MemoryShare decide(Occupancy before, Occupancy after) {
    return MemoryShare.decide(before, after, new Sought(CHILD, Set.of(), true));
  }
}
