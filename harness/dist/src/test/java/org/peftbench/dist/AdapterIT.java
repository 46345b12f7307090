package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.result.Outcome;

/** What cells train is kept, and judged again. */
class AdapterIT {

  private static final List<String> METHODS = List.of("full", "last", "linear", "lora");

  @TempDir static Path folder;

  @Test
  void aFileIsAsLargeAsWhatIsTrained() throws IOException {
    for (String method : METHODS) {
      Outcome outcome = TinyRun.outcome(AllMethods.OUT, method, "colours");
      long header = Files.size(AllMethods.adapter(method)) - outcome.adapterBytes();
      assertTrue(header > 0 && header < 64 << 10, method + " has a header of " + header);
    }
  }

  @Test
  void judgingAgainGivesTheSameAccuracy() throws Exception {
    for (String method : METHODS) {
      BenchProcess.Result judged =
          evaluate(AllMethods.adapter(method), "--limit-test=" + AllMethods.LIMIT).expect(0);
      Outcome outcome = TinyRun.outcome(AllMethods.OUT, method, "colours");
      String words =
          " +%s +colours +%d +%.2f".formatted(method, outcome.images(), outcome.accuracy());
      assertTrue(
          judged.out().lines().anyMatch(line -> line.matches(".*" + words)),
          words + " in " + judged.out());
    }
  }

  @Test
  void anotherTaskWithAsManyClassesCanBeJudged() throws Exception {
    BenchProcess.Result judged =
        evaluate(AllMethods.adapter("lora"), "--tasks=stripes", "--limit-test=8").expect(0);
    assertTrue(
        judged.out().lines().anyMatch(line -> line.matches(".* lora +stripes +8 .*")),
        judged.out());
  }

  /** Merged weights are a backbone like any other: probing it linearly is a cell of its own. */
  @Test
  void mergedWeightsAreAPlainBackbone() throws Exception {
    for (String method : List.of("full", "linear", "lora")) {
      Path merged = folder.resolve(method + ".safetensors");
      String said =
          BenchProcess.run("merge", AllMethods.adapter(method).toString(), "-o", merged.toString())
              .expect(0)
              .out();
      assertTrue(said.contains("logits differ by at most"), said);
      assertTrue(Files.size(merged) > 20 << 20, "ViT-Ti has 5.5 million values");
    }
    Path probed = folder.resolve("probed");
    List<String> arguments =
        new ArrayList<>(
            List.of(TinyRun.arguments(AllMethods.DATA, probed, "linear", "colours", "--epochs=1")));
    int weights = arguments.indexOf("--weights");
    arguments.set(weights + 1, folder.resolve("lora.safetensors").toString());
    BenchProcess.run(arguments.toArray(String[]::new)).expect(0);
    assertEquals(1, BenchProcess.records(probed).size());
  }

  @Test
  void aSideNetworkCannotBeMerged() throws Exception {
    Path merged = folder.resolve("last.safetensors");
    String said =
        BenchProcess.run("merge", AllMethods.adapter("last").toString(), "-o", merged.toString())
            .expect(2)
            .err();
    assertTrue(said.contains("a side network runs beside the backbone"), said);
    assertFalse(Files.exists(merged));
  }

  @Test
  void aTaskWithOtherClassesIsRefused() throws Exception {
    String said = evaluate(AllMethods.adapter("lora"), "--tasks=pocket_count").expect(2).err();
    assertTrue(said.contains("has a head of 4 classes, pocket_count has 5"), said);
  }

  @Test
  void aFileThatIsNoAdapterOrCutShortIsRefusedInOneLine() throws Exception {
    Path cut = folder.resolve("cut.safetensors");
    byte[] whole = Files.readAllBytes(AllMethods.adapter("lora"));
    Files.write(cut, Arrays.copyOf(whole, whole.length - 100));
    BenchProcess.Result refused = evaluate(cut).expect(2);
    assertEquals(1, refused.err().lines().count(), refused.err());
    assertTrue(refused.err().contains("cut.safetensors"), refused.err());
  }

  /** A succeeded cell whose adapter is gone runs again; one that has it does not. */
  @Test
  void onlyWhatIsMissingRunsAgain() throws Exception {
    Path again = folder.resolve("again");
    Files.createDirectories(again.resolve("adapters"));
    for (Path record : BenchProcess.records(AllMethods.OUT)) {
      Files.copy(record, again.resolve(record.getFileName()));
    }
    Path lora = AllMethods.adapter("lora");
    Files.copy(lora, again.resolve("adapters").resolve(lora.getFileName()));
    String said =
        BenchProcess.run(AllMethods.command(again, "linear,lora", "--save-adapters"))
            .expect(0)
            .err();
    Path linear = AllMethods.adapter("linear").getFileName();
    assertTrue(Files.exists(again.resolve("adapters").resolve(linear)), said);
    assertTrue(said.contains("lora on colours, seed 0: done before"), said);
  }

  private static BenchProcess.Result evaluate(Path adapter, String... more) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(
                    "evaluate",
                    adapter.toString(),
                    "--data=" + AllMethods.DATA,
                    "--device=cpu",
                    "--threads=1"),
                Stream.of(more))
            .toList();
    return BenchProcess.run(command.toArray(String[]::new));
  }
}
