package org.peftbench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A process is ended when it holds more than it may, and not before. */
class MemoryGuardTest {

  private static final long MIB = 1 << 20;

  @Test
  void oneThatGrowsIsEndedAndSaidWhy() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "600").start();
    AtomicLong bytes = new AtomicLong(400 * MIB);
    try (MemoryGuard guard =
        MemoryGuard.watch(
            Optional.of(512 * MIB),
            () -> Optional.of(bytes.addAndGet(50 * MIB)),
            process.toHandle())) {
      process.waitFor();
      assertEquals(
          Optional.of("its process held 550.0 MiB, more than the 512.0 MiB that it may"),
          guard.ended());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void withoutALimitNothingIsEnded() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("true").start();
    try (MemoryGuard guard =
        MemoryGuard.watch(
            Optional.empty(), () -> Optional.of(Long.MAX_VALUE), process.toHandle())) {
      assertEquals(0, process.waitFor());
      assertTrue(guard.ended().isEmpty());
    }
  }
}
