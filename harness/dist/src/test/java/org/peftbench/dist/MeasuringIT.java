package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;

/** That what is measured is what happens. */
@Isolated
class MeasuringIT {

  private static final double MIB = 1 << 20;

  @TempDir static Path folder;
  private static Path data;

  @BeforeAll
  static void write() {
    data = TinyData.write(folder.resolve("data"));
  }

  @Test
  void memoryThatJudgingTakesForAMomentIsNotTrainings() throws Exception {
    Path out = folder.resolve("spike");
    BenchProcess.runWith(
            SpikeMethod.class,
            folder.resolve("plugin"),
            TinyRun.arguments(
                data, out, "linear,spike", "colours", "--epochs=2", "--features=live"))
        .expect(0);
    CellRecord plain = TinyRun.record(out, "linear", "colours");
    CellRecord spike = TinyRun.record(out, "spike", "colours");
    assertEquals(0, (peak(spike, Phase.TRAIN) - peak(plain, Phase.TRAIN)) / MIB, 20);
    assertEquals(
        SpikeMethod.BYTES / MIB, (peak(spike, Phase.TEST) - peak(plain, Phase.TEST)) / MIB, 30);
    assertEquals(0, (peak(spike, Phase.INFERENCE) - peak(plain, Phase.INFERENCE)) / MIB, 20);
  }

  /**
   * What a table shows: the largest over seeds. So small a cell is mostly Java's, which takes some
   * MiB more or less; that is 1 % of a cell on real images.
   */
  @Test
  void twoRunsAgreeInMemory() throws Exception {
    for (String run : List.of("first", "second")) {
      train(run, "last", "--seeds=0,1,2");
      train(run, "lora", "--seeds=0");
    }
    for (String method : List.of("last", "lora")) {
      assertEquals(0, (largest("first", method) - largest("second", method)) / MIB, 16, method);
    }
  }

  private static void train(String run, String method, String seeds) throws Exception {
    BenchProcess.run(
            TinyRun.arguments(data, folder.resolve(run), method, "colours", "--epochs=2", seeds))
        .expect(0);
  }

  private static double largest(String run, String method) {
    return RecordFolder.open(folder.resolve(run)).readAll().stream()
        .filter(record -> record.cell().method().id().equals(method))
        .mapToDouble(record -> peak(record, Phase.TRAIN))
        .max()
        .orElseThrow();
  }

  @Test
  void noiseComparesAMethodWithItself() throws Exception {
    BenchProcess.Result noise =
        BenchProcess.run(
                "noise",
                "--method=linear",
                "--tasks=colours",
                "--data=" + data,
                "--backbone=vit-ti16",
                "--image-size=32",
                "--weights=random",
                "--normalize=inception",
                "--repeats=2",
                "--epochs=1",
                "--device=cpu",
                "--threads=1",
                "--out=" + folder.resolve("noise"))
            .expect(0);
    List<String> lines = noise.out().lines().toList();
    assertTrue(lines.get(0).matches("task +quantity +run A +run B +difference +sd +visible"));
    for (String quantity : List.of("accuracy", "train \\(s\\)", "memory")) {
      assertTrue(
          lines.stream().anyMatch(line -> line.matches("colours +.*" + quantity + ".*")),
          noise.out());
    }
    assertEquals(4, BenchProcess.records(folder.resolve("noise")).size());
  }

  @Test
  void fitSaysWhichBatchFits() throws Exception {
    BenchProcess.Result fit =
        BenchProcess.run(
                "fit",
                "linear,full",
                "--backbone=vit-pocket",
                "--batch-sizes=2,64",
                "--memory=1,8",
                "--device=cpu")
            .expect(0);
    assertTrue(fit.out().lines().anyMatch(line -> line.startsWith("linear ")), fit.out());
    assertTrue(fit.out().lines().anyMatch(line -> line.startsWith("full ")), fit.out());
  }

  private static double peak(CellRecord record, Phase phase) {
    return record.phase(phase).orElseThrow().peakResidentBytes().orElseThrow();
  }
}
