package org.peftbench.measure;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A neighbour that is ours is no stranger, whether it runs or has ended. */
class FamilyTimeTest {

  private static final Duration WORK = Duration.ofMillis(200);

  @Test
  void theTimeOfChildrenIsOwnWhileTheyRunAndAfterwards() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "this is no Linux");
    double before = FamilyTime.seconds();
    Process child = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
    try {
      while (child.info().totalCpuDuration().orElse(Duration.ZERO).compareTo(WORK) < 0) {
        Thread.sleep(20);
      }
      double running = FamilyTime.seconds();
      assertTrue(
          Math.round(1e3 * (running - before)) >= WORK.toMillis(), before + " then " + running);
      child.destroyForcibly().waitFor();
      double ended = FamilyTime.seconds();
      assertTrue(ended >= running, running + " then " + ended);
    } finally {
      child.destroyForcibly();
    }
  }
}
