package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer types: no data, no weights, no options. */
class PocketIT {

  private static final List<String> METHODS = List.of("linear", "lora");
  private static final String TASK = "pocket_scanner";
  private static final double CHANCE = 100.0 / 8;

  @TempDir static Path folder;
  private static BenchProcess.Result pretrained;

  @BeforeAll
  static void runMethods() throws Exception {
    pretrained = run(folder.resolve("pretrained"), String.join(",", METHODS));
  }

  private static BenchProcess.Result run(Path out, String methods, String... more)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                "run",
                "--methods=" + methods,
                "--tasks=" + TASK,
                "--epochs=1",
                "--limit-test=400",
                "--device=cpu",
                "--threads=1",
                "--out=" + out));
    command.addAll(List.of(more));
    return BenchProcess.run(command.toArray(String[]::new)).expect(0);
  }

  @Test
  void backboneWeightsAndProfileFollowTheSuite() {
    assertTrue(
        pretrained.err().contains("backbone  vit-pocket, weights vit-pocket-world, 64 pixels"),
        pretrained.err());
    assertTrue(pretrained.out().contains("profile pocket"), pretrained.out());
    assertTrue(pretrained.out().contains("| " + TASK + " "), pretrained.out());
  }

  /** PyTorch takes a second and a hundred megabytes: it is for the processes that compute. */
  @Test
  void planningNeedsNoEngine() throws Exception {
    List<String> command = BenchProcess.java();
    command.addAll(List.of("-Xlog:class+load", "org.peftbench.cli.Bench"));
    command.addAll(List.of("run", "--methods=all", "--tasks=pocket", "--dry-run"));
    BenchProcess.Result planned = BenchProcess.start(new ProcessBuilder(command)).result();
    String loaded = planned.expect(0).out();
    assertTrue(loaded.contains("org.peftbench.methods.miet.MietMethod "), "it tells the classes");
    assertEquals(
        List.of(), loaded.lines().filter(line -> line.contains("ai.djl.pytorch.")).toList());
  }

  @Test
  void methodsLearnFromTheShippedBackbone() {
    for (String method : METHODS) {
      double accuracy = TinyRun.outcome(folder.resolve("pretrained"), method, TASK).accuracy();
      assertTrue(accuracy > 2 * CHANCE, () -> method + " " + accuracy);
    }
  }

  @Test
  void randomWeightsAreFarWorseAndTheTableSaysSo() throws Exception {
    Path out = folder.resolve("random");
    BenchProcess.Result random = run(out, "linear,lora", "--weights=random");
    assertTrue(random.out().contains("weights random"), random.out());
    for (String method : List.of("linear", "lora")) {
      double with = TinyRun.outcome(folder.resolve("pretrained"), method, TASK).accuracy();
      double without = TinyRun.outcome(out, method, TASK).accuracy();
      assertTrue(with > without + 10, () -> method + " " + with + " " + without);
    }
  }

  @Test
  void aGroupAndATaskOfItAreTheSameCell() throws Exception {
    Path out = folder.resolve("dry");
    BenchProcess.Result plan =
        BenchProcess.run(
                "run",
                "--methods=linear",
                "--tasks=pocket_scanner,pocket.specialized",
                "--dry-run",
                "--out=" + out)
            .expect(0);
    assertTrue(plan.err().contains("cells     2,"), plan.err());
    assertEquals("", plan.out());
  }
}
