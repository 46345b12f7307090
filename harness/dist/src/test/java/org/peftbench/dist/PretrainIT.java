package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backbone is pretrained, killed, resumed and used. */
class PretrainIT {

  private static final int IMAGES = 960;

  @TempDir Path folder;

  @Test
  void killedTrainingGoesOnAndItsWeightsCanBeUsed() throws Exception {
    Path out = folder.resolve("out");
    Path checkpoint = out.resolve("checkpoint.safetensors");
    BenchProcess first = BenchProcess.start(command(out, 0));
    ProcessHandle orphan = first.child();
    BenchProcess.await(() -> Files.exists(checkpoint) ? Optional.of(true) : Optional.empty());
    first.kill();
    BenchProcess.awaitEnd(orphan);
    assertTrue(Files.notExists(out.resolve("weights.safetensors")), "it was not killed in time");

    BenchProcess.Result other = BenchProcess.run(command(out, 1)).expect(2);
    assertEquals("", other.out());
    assertTrue(other.err().contains("is of another training"), other.err());

    BenchProcess.Result second = BenchProcess.run(command(out, 0)).expect(0);
    assertTrue(second.out().contains("held-out images right"), second.out());
    assertTrue(Files.readString(out.resolve("model-card.md")).contains("960 in batches of 16"));
    long firstSeen =
        second
            .err()
            .lines()
            .filter(line -> line.startsWith("  pretrain "))
            .mapToLong(line -> Long.parseLong(line.split("[ /]+", -1)[2]))
            .findFirst()
            .orElseThrow();
    assertTrue(firstSeen > 16, () -> "it began anew: " + second.err());

    BenchProcess.Result run =
        BenchProcess.run(
                "run",
                "--methods=linear",
                "--tasks=pocket_scanner",
                "--weights=" + out.resolve("weights.safetensors"),
                "--epochs=1",
                "--limit-test=16",
                "--device=cpu",
                "--threads=1",
                "--out=" + folder.resolve("runs"))
            .expect(0);
    assertTrue(run.out().contains("weights weights.safetensors (sha256 "), run.out());
  }

  private static String[] command(Path out, int seed) {
    return new String[] {
      "pretrain",
      "--images=" + IMAGES,
      "--batch-size=16",
      "--checkpoint-seconds=1",
      "--seed=" + seed,
      "--device=cpu",
      "--threads=1",
      "--out=" + out
    };
  }
}
