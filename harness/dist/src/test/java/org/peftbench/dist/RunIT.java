package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Features;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Flops;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Watched;

/** All methods on a task, and what is said of them afterwards. */
class RunIT {

  /** A line of {@code bench describe --all --format csv}. */
  private record Described(long trainableParameters, boolean side) {}

  private static final Map<String, Described> METHODS = new TreeMap<>();
  private static final int LIMIT = AllMethods.LIMIT;

  @TempDir static Path folder;
  private static final Path out = AllMethods.OUT;
  private static final BenchProcess.Result result = AllMethods.RESULT;

  @BeforeAll
  static void describeMethods() throws IOException, InterruptedException {
    BenchProcess.run("describe", "--all", "--format", "csv", "--backbone", "vit-ti16")
        .expect(0)
        .out()
        .lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(
            cells ->
                METHODS.put(
                    cells[0], new Described(Long.parseLong(cells[1]), cells[2].equals("side"))));
    assertTrue(METHODS.size() >= 20, () -> "only " + METHODS.keySet());
  }

  @Test
  void tableHasARowForEveryMethodAndSaysWhatIsSpecial() {
    for (String method : METHODS.keySet()) {
      assertTrue(result.out().contains("\n| " + method + " "), method + " in " + result.out());
    }
    assertTrue(result.out().contains("first " + LIMIT + " test images"), result.out());
    assertTrue(result.out().contains("mean ± sample standard deviation"), result.out());
    assertTrue(result.out().contains("- last: parts of it are reconstructed "), result.out());
  }

  @Test
  void planAndProgressGoToStandardError() {
    int cells = METHODS.size();
    assertTrue(result.err().contains("cells     " + cells + ", records in " + out), result.err());
    assertTrue(result.err().contains("[3/" + cells + "] "), result.err());
    assertTrue(result.err().contains("lora on colours, seed 0"), result.err());
  }

  @Test
  void lossFallsAndAccuracyIsFarAboveChance() {
    for (String method : METHODS.keySet()) {
      Outcome outcome = TinyRun.outcome(out, method, "colours");
      List<Double> losses = outcome.epochLosses();
      assertEquals(4, losses.size());
      assertTrue(losses.get(3) < 0.9 * losses.get(0), method + " " + losses);
      assertEquals(LIMIT, outcome.images());
      assertEquals(TinyData.TEST, outcome.splitImages());
      assertTrue(outcome.accuracy() > 50, method + " " + outcome.accuracy());
    }
  }

  @Test
  void recordsHoldWhatEachPhaseTook() {
    for (CellRecord record : RecordFolder.open(out).readAll()) {
      boolean cached = record.cell().protocol().features() == Features.CACHED;
      List<Phase> phases = record.phases().stream().map(PhaseCost::phase).toList();
      assertEquals(
          cached
              ? List.of(
                  Phase.START,
                  Phase.ENGINE,
                  Phase.LOAD,
                  Phase.DATA,
                  Phase.EXTRACT,
                  Phase.KEEP,
                  Phase.TRAIN,
                  Phase.TEST,
                  Phase.SAVE,
                  Phase.INFERENCE)
              : List.of(
                  Phase.START,
                  Phase.ENGINE,
                  Phase.LOAD,
                  Phase.DATA,
                  Phase.TRAIN,
                  Phase.TEST,
                  Phase.SAVE,
                  Phase.INFERENCE),
          phases);
      long peak = record.phase(Phase.TRAIN).orElseThrow().peakResidentBytes().orElseThrow();
      assertTrue(peak > 50L << 20, () -> record.cell().method().id() + " " + peak);
    }
  }

  /** No method computes less than the backbone it adapts, and training no less than inference. */
  @Test
  void recordsHoldWhatIsComputed() {
    for (CellRecord record : RecordFolder.open(out).readAll()) {
      String method = record.cell().method().id();
      Flops flops = record.inference().orElseThrow().flops();
      long plain = flops.plain().orElseThrow();
      long adapted = flops.adapted().orElseThrow();
      assertTrue(plain > 0 && adapted > plain, method + " " + flops);
      // Prompts outnumber the five tokens of this backbone by far.
      assertTrue(method.startsWith("vpt-") || adapted < 2 * plain, method + " " + flops);
      boolean side = described(method).side();
      assertEquals(side, flops.side().isPresent(), method);
      flops.side().ifPresent(beside -> assertEquals(adapted, plain + beside, method));
      long step = flops.trainStep().orElseThrow();
      boolean live = record.cell().protocol().features() == Features.LIVE;
      assertTrue(live ? step >= adapted : step < plain, method + " " + flops);
    }
  }

  @Test
  void recordsSayHowTheyWereWatched() {
    for (CellRecord record : RecordFolder.open(out).readAll()) {
      Watched watched = record.watched().orElseThrow();
      assertTrue(watched.sampling().readings() > 5, watched.sampling().toString());
      assertTrue(
          watched.sampling().cpuSeconds() < 0.05 * record.endToEndSeconds(),
          watched.sampling().toString());
      assertEquals(Optional.empty(), watched.gpu());
      assertFalse(watched.resident().peakBytes().isEmpty());
    }
  }

  @Test
  void trainedParametersAreThoseOfTheFormula() {
    for (String method : METHODS.keySet()) {
      // Fewer tokens than at 224 pixels: full trains a smaller position embedding, LoSA mixes
      // fewer.
      long fewer = method.equals("full") ? (197 - 5) * 192L : 0;
      fewer += method.equals("losa") ? 12L * 2 * 8 * (197 - 5) : 0;
      assertEquals(
          described(method).trainableParameters() - fewer,
          TinyRun.outcome(out, method, "colours").trainableParameters(),
          method);
    }
  }

  private static Described described(String method) {
    return Objects.requireNonNull(METHODS.get(method), method);
  }

  @Test
  void sameCommandAgainRunsNothingAndPrintsTheSameTable() throws Exception {
    Map<Path, byte[]> before = new HashMap<>();
    for (Path record : BenchProcess.records(out)) {
      before.put(record, Files.readAllBytes(record));
    }
    BenchProcess.Result again = BenchProcess.run(AllMethods.command(out, "all")).expect(0);
    assertEquals(result.out(), again.out());
    assertEquals(
        METHODS.size(), again.err().lines().filter(line -> line.endsWith(": done before")).count());
    assertEquals(before.keySet(), Set.copyOf(BenchProcess.records(out)));
    for (Map.Entry<Path, byte[]> entry : before.entrySet()) {
      assertArrayEquals(entry.getValue(), Files.readAllBytes(entry.getKey()));
    }
  }

  @Test
  void sameSeedGivesTheSameLossesAndAccuracy() throws Exception {
    Path second = folder.resolve("second");
    BenchProcess.run(AllMethods.command(second, "lora,full")).expect(0);
    for (String method : List.of("lora", "full")) {
      assertEquals(
          TinyRun.outcome(out, method, "colours"), TinyRun.outcome(second, method, "colours"));
    }
  }

  @Test
  void cachedAndLiveFeaturesGiveTheSame() throws Exception {
    Path live = folder.resolve("live");
    Path cached = folder.resolve("cached");
    BenchProcess.run(AllMethods.command(live, "linear", "--features", "live")).expect(0);
    BenchProcess.run(AllMethods.command(cached, "last", "--features", "cached")).expect(0);
    assertSame("linear", live);
    assertSame("last", cached);
  }

  private void assertSame(String method, Path other) {
    Outcome one = TinyRun.outcome(out, method, "colours");
    Outcome two = TinyRun.outcome(other, method, "colours");
    assertEquals(one.correct(), two.correct(), method);
    for (int epoch = 0; epoch < one.epochLosses().size(); epoch++) {
      double loss = one.epochLosses().get(epoch);
      assertEquals(loss, two.epochLosses().get(epoch), 1e-3 * loss, method);
    }
  }

  @Test
  void cellsCanBePrintedInCsv() throws Exception {
    String csv =
        BenchProcess.run("report", "--cells", "--format", "csv", out.toString()).expect(0).out();
    List<String> columns = List.of(csv.lines().findFirst().orElse("").split(",", -1));
    assertTrue(
        columns.containsAll(
            List.of(
                "method",
                "task",
                "seed",
                "status",
                "reason",
                "accuracy",
                "trainable_parameters",
                "train_peak_bytes",
                "train_seconds",
                "end_to_end_seconds")),
        csv);
    assertEquals(METHODS.size() + 1, csv.lines().count());
  }
}
