package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BystandersTest {

  @TempDir Path folder;

  /** Ticks of a hundredth of a second: user, nice, system, idle, iowait, irq, softirq, steal. */
  private Path stat(long user, long system, long idle, long steal) throws IOException {
    return Files.writeString(
        folder.resolve("stat"),
        "cpu  %d 0 %d %d 500 0 0 %d 0 0\ncpu0 1 1 1 1\n".formatted(user, system, idle, steal));
  }

  private List<String> after(double own, long user, long system, long idle, long steal)
      throws IOException {
    Bystanders bystanders = Bystanders.watch(stat(1_000, 100, 9_000, 10));
    stat(1_000 + user, 100 + system, 9_000 + idle, 10 + steal);
    return bystanders.taints(own, 10);
  }

  @Test
  void aCellThatIsAloneIsNotTainted() throws IOException {
    assertEquals(List.of(), after(19, 1_800, 150, 5, 0));
  }

  @Test
  void otherProcessesAreSaidInProcessors() throws IOException {
    assertEquals(
        List.of("other processes kept 0.80 processors busy"), after(10, 1_700, 100, 200, 0));
  }

  @Test
  void whatTheHostWithholdsIsSaid() throws IOException {
    assertEquals(List.of("the host withheld 0.50 processors"), after(10, 1_000, 0, 500, 500));
  }

  /** This program's own work, and that of a child which has ended, are no bystanders'. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void whatThisProgramAndItsChildrenUsedIsItsOwn() throws Exception {
    double before = FamilyTime.seconds();
    Process child =
        new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done").start();
    assertEquals(0, child.waitFor());
    double used = FamilyTime.seconds() - before;
    assertTrue(used >= 0.05, used + " s");
  }

  @Test
  void whereNothingIsKnownNothingIsSaid() throws IOException {
    assertEquals(List.of(), Bystanders.watch(folder.resolve("none")).taints(1, 10));
    Path other = Files.writeString(folder.resolve("stat"), "not a stat\n");
    assertEquals(List.of(), Bystanders.watch(other).taints(1, 10));
  }
}
