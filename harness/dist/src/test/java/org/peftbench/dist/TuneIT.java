package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Split;
import org.peftbench.result.CellRecord;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Status;

/** A study from its first trial to the run that uses what it chose. */
class TuneIT {

  private static final int METHODS = 2;
  private static final int TRIALS = 3;

  @TempDir Path folder;

  @Test
  void aKilledStudyGoesOnWithTheTestSplitShutAndARunUsesWhatItChose() throws Exception {
    Path data = TinyData.write(folder.resolve("data"));
    Path lists = data.resolve("colours/test.txt");
    Path images = data.resolve("colours/images/test");
    // What is not there cannot be opened.
    Files.move(lists, folder.resolve("test.txt"));
    Files.move(images, folder.resolve("test"));
    Path out = folder.resolve("study");
    Path trials = out.resolve("trials");

    BenchProcess first = BenchProcess.start(tune(data, out));
    BenchProcess.await(
        () -> BenchProcess.records(trials).size() >= 2 ? Optional.of(true) : Optional.empty());
    ProcessHandle orphan = first.child();
    first.kill();
    BenchProcess.awaitEnd(orphan);
    int before = BenchProcess.records(trials).size();
    assertFalse(Files.exists(out.resolve("tuned")), "it was not killed in the middle");

    BenchProcess.Result second = BenchProcess.run(tune(data, out)).expect(0);
    assertEquals(
        before, second.err().lines().filter(line -> line.endsWith(": done before")).count());
    for (String table : List.of("What the study study chose", "by default and tuned")) {
      assertTrue(second.out().contains(table), second.out());
    }
    List<CellRecord> records = RecordFolder.open(trials).readAll();
    assertEquals(METHODS * TRIALS, records.stream().filter(one -> one.cell().seed() == 0).count());
    assertTrue(
        records.stream().map(CellRecord::cell).allMatch(TuneIT::isTrial), () -> records.toString());

    // The same study again runs nothing and writes the same bytes.
    byte[] chosen = Files.readAllBytes(out.resolve("tuned/lora.json"));
    BenchProcess.Result third = BenchProcess.run(tune(data, out)).expect(0);
    assertEquals(second.out(), third.out());
    assertArrayEquals(chosen, Files.readAllBytes(out.resolve("tuned/lora.json")));
    BenchProcess.Result other = BenchProcess.run(tune(data, out, "--search", "random")).expect(2);
    assertTrue(other.err().contains("search is \"halton\" there"), other.err());

    Files.move(folder.resolve("test.txt"), lists);
    Files.move(folder.resolve("test"), images);
    String tuned = "lora[tuned=" + out.resolve("tuned/lora.json") + "]";
    Path runs = folder.resolve("runs");
    BenchProcess.run(TinyRun.arguments(data, runs, tuned, "colours", "--epochs", "1")).expect(0);
    CellRecord run = TinyRun.record(runs, "lora[tuned=study]", "colours");
    assertEquals(Status.SUCCEEDED, run.status());
    assertEquals(Split.TEST, run.cell().protocol().evaluate());
    assertEquals(TRIALS, run.cell().protocol().study().orElseThrow().trials());
  }

  private static boolean isTrial(Cell cell) {
    return cell.protocol().evaluate() == Split.VAL
        && cell.protocol().study().isEmpty()
        && !cell.protocol().untuned();
  }

  @Test
  void aStudyIsWidenedBeyondTheEdgeThatItsBestLiesAtAndJudged() throws Exception {
    Path data = TinyData.write(folder.resolve("data"));
    Path out = folder.resolve("study");
    // The default, 0.001, is above all of it.
    Path space =
        Files.writeString(
            folder.resolve("space.json"), "{\"lr\": {\"choices\": [1e-9, 1e-8, 1e-7]}}");
    List<String> all =
        new ArrayList<>(Arrays.asList(TinyRun.arguments(data, out, "linear", "colours")));
    all.set(0, "tune");
    all.addAll(List.of("--space", space.toString(), "--trials", "4", "--seeds", "0"));
    all.addAll(List.of("--epochs", "4"));
    BenchProcess.Result first = BenchProcess.run(all.toArray(String[]::new)).expect(0);
    assertTrue(first.err().contains("warning   linear: the best of colours"), first.err());
    assertEquals(4, BenchProcess.records(out.resolve("trials")).size());

    all.add("--widen");
    BenchProcess.run(all.toArray(String[]::new)).expect(0);
    List<CellRecord> records = RecordFolder.open(out.resolve("trials")).readAll();
    assertEquals(5, records.size());
    assertTrue(
        records.stream().anyMatch(record -> record.cell().protocol().lr() == 1e-6),
        () -> records.toString());

    all.remove("--widen");
    all.addAll(List.of("--then", "run"));
    BenchProcess.run(all.toArray(String[]::new)).expect(0);
    CellRecord judged = TinyRun.record(out.resolve("test"), "linear[tuned=study]", "colours");
    assertEquals(Status.SUCCEEDED, judged.status());
    assertEquals(5, judged.cell().protocol().study().orElseThrow().trials());
  }

  @Test
  void whatCannotBeTunedIsRefusedBeforeAnythingRuns() throws Exception {
    Path data = TinyData.write(folder.resolve("data"));
    Path out = folder.resolve("study");
    assertRefused(tune(data, out, "--evaluate", "test"), "chosen on val200");
    assertRefused(tune(data, out, "--rungs", "2,1"), "--rungs 2,1 is not possible");
    assertRefused(tune(data, out, "--then", "walk"), "--then walk is not known; known: run");
    assertRefused(tune(data, out, "--space", "nowhere.json"), "nowhere.json: no such file");
    assertRefused(tune(data, out, "--search", "grid"), "the grid has 5 points");
    assertFalse(Files.exists(out));
  }

  private static void assertRefused(String[] command, String words)
      throws IOException, InterruptedException {
    BenchProcess.Result result = BenchProcess.run(command).expect(2);
    assertTrue(result.err().contains(words), result.err());
    assertEquals("", result.out());
  }

  private static String[] tune(Path data, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(
            Arrays.asList(TinyRun.arguments(data, out, "lora,linear", "colours", more)));
    arguments.set(0, "tune");
    arguments.addAll(List.of("--trials", "" + TRIALS, "--seeds", "0,1", "--epochs", "1"));
    return arguments.toArray(String[]::new);
  }
}
