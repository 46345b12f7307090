package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code harness/benchmark/gpu_truth} where there is no GPU, and where one is played. */
class GpuTruthIT {

  private static final Path SCRIPTS = Path.of("..", "benchmark");

  @TempDir Path folder;

  /** As it is packed, with this build's jars and its drivers as source. */
  @BeforeEach
  void pack() throws IOException {
    assumeTrue(
        PlayedDriver.isOnPath("python3"), "there is no python3, which gpu_truth is written in");
    Shell.in(folder);
    Path truth = Files.createDirectory(folder.resolve("truth"));
    copy(SCRIPTS, folder);
    copy(SCRIPTS.resolve("truth"), truth);
    Files.createSymbolicLink(
        folder.resolve("lib"), Path.of("target", "lib").toAbsolutePath().normalize());
  }

  @AfterEach
  void unlink() throws IOException {
    Files.deleteIfExists(folder.resolve("lib"));
  }

  @Test
  void withoutGpuThePageSaysSoAndTheRestIsMeasured() throws Exception {
    String page = page("no-such-driver.so", "attribution,calls,host");

    assertHas(page, "# gpu_truth: no GPU");
    assertHas(page, "## Whose memory it is\n\nnot run: no GPU");
    assertHas(page, "not run: no GPU: there is no no-such-driver.so.");
    assertHas(page, "| 256 MiB of the machine, taken | 256 MiB |");
    assertFalse(page.contains("**no**"), page);
    assertEquals(page, Files.readString(folder.resolve("out/gpu_truth.md")));
    assertHas(Files.readString(folder.resolve("out/gpu_truth.json")), "\"tookBytes\": 268435456");
  }

  @Test
  void callsToADriverAreTimed() throws Exception {
    Path driver = folder.resolve("libplayed.so");
    PlayedDriver.compile(driver);
    Files.writeString(folder.resolve("played"), PlayedDriver.oneGpu());

    String page = page(driver.toString(), "calls,host");

    assertHas(page, "1 GPU(s); the first: Fake GPU, driver 570.1, 81,920 MiB");
    assertHas(page, "| nvmlDeviceGetTotalEnergyConsumption |");
    assertHas(page, "| instant | 260.5 | 260.5 | 260.5 |");
    assertHas(page, "slowed by: software-power-cap");
  }

  private String page(String driver, String parts) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            folder.resolve("gpu_truth").toString(),
            "--nvml=" + driver,
            "--parts=" + parts,
            "--out=" + folder.resolve("out"));
    builder.environment().put("CUDA_VISIBLE_DEVICES", ""); // where there is a GPU it is not ours
    builder.environment().put("FAKE_NVML", folder.resolve("played").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return BenchProcess.start(builder).result().expect(0).out();
  }

  private static void assertHas(String text, String part) {
    assertTrue(text.contains(part), text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copied = Files.copy(file, to.resolve(file.getFileName()));
        assertTrue(copied.toFile().setExecutable(true));
      }
    }
  }
}
