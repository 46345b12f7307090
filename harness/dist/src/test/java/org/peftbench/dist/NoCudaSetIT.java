package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine with an NVIDIA driver and without a PyTorch for it; a library plays the driver. */
class NoCudaSetIT {

  private static final String WHY =
      "there is no PyTorch 2.7.1 for CUDA here; bench setup cuda fetches 0 to 4 GB";

  @TempDir static Path folder;

  @BeforeAll
  static void driver() throws IOException, InterruptedException {
    PlayedDriver.compile(folder.resolve("libnvidia-ml.so.1"), "-DSCRIPT=\"gpus 1\"");
  }

  @Test
  void autoComputesOnTheCpuAndSaysWhy() throws Exception {
    BenchProcess.Result result = step("auto").expect(0);
    assertTrue(result.out().lines().anyMatch(line -> line.startsWith("linear ")), result.out());
    List<String> said = result.err().lines().filter(line -> line.startsWith("bench: ")).toList();
    assertEquals(1, said.size(), result.err());
    assertTrue(
        said.get(0).startsWith("bench: computing on the CPU, not on cuda:0: " + WHY), said.get(0));
  }

  @Test
  void aGpuThatIsAskedForIsRefused() throws Exception {
    BenchProcess.Result result = step("cuda:0").expect(2);
    assertEquals("", result.out());
    assertTrue(
        result.err().startsWith("bench: --device cuda:0 cannot be used: " + WHY), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
  }

  /** The variables are those of an image with a PyTorch of its own. */
  private static BenchProcess.Result step(String device) throws IOException, InterruptedException {
    List<String> command = BenchProcess.java();
    command.addAll(List.of("org.peftbench.cli.Bench", "step", "linear", "--device", device));
    command.addAll(List.of("--backbone=vit-pocket", "--steps=1", "--warmup=0", "--batch-size=2"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LD_LIBRARY_PATH", folder.toString());
    builder.environment().put("PYTORCH_VERSION", "2.7.0a0+7c8ec84");
    builder.environment().remove("PYTORCH_LIBRARY_PATH");
    builder.environment().remove("CUDA_VISIBLE_DEVICES");
    return BenchProcess.start(builder).result();
  }
}
