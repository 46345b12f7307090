package org.peftbench.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped goes on where it was. */
class ResumeIT {

  private static final int CELLS = 2;

  @TempDir Path folder;

  @Test
  void killedRunGoesOnAndEndsAsIfItHadNotBeenKilled() throws Exception {
    Path disturbed = folder.resolve("disturbed");

    BenchProcess first = BenchProcess.start(command(disturbed));
    BenchProcess.await(
        () -> BenchProcess.records(disturbed).size() >= 1 ? Optional.of(true) : Optional.empty());
    ProcessHandle orphan = first.child();
    first.kill();
    BenchProcess.awaitEnd(orphan);
    Map<Path, byte[]> finished = contents(disturbed);
    assertTrue(finished.size() < CELLS, "it was not killed in the middle");

    BenchProcess.Result second = BenchProcess.run(command(disturbed)).expect(0);
    assertEquals(
        finished.size(),
        second.err().lines().filter(line -> line.endsWith(": done before")).count());
    Map<Path, byte[]> all = contents(disturbed);
    assertEquals(CELLS, all.size());
    finished.forEach((file, bytes) -> assertArrayEquals(bytes, all.get(file), file.toString()));
    assertEquals(List.of(), unfinished(disturbed));

    Path undisturbed = folder.resolve("undisturbed");
    Files.createDirectory(undisturbed);
    for (Path record : BenchProcess.records(AllMethods.OUT)) {
      if (all.keySet().stream().anyMatch(other -> other.endsWith(record.getFileName()))) {
        Files.copy(record, undisturbed.resolve(record.getFileName()));
      }
    }
    assertEquals(CELLS, BenchProcess.records(undisturbed).size());
    assertEquals(accuracies(undisturbed), accuracies(disturbed));
  }

  @Test
  void twoRunsDoNotShareAFolder() throws Exception {
    Path out = folder.resolve("out");
    BenchProcess first = BenchProcess.start(command(out));
    first.child();
    BenchProcess.Result second = BenchProcess.run(command(out)).expect(2);
    assertEquals("", second.out());
    assertTrue(second.err().contains("bench: " + out + ": another run is writing"), second.err());
    first.kill();
  }

  private static String[] command(Path out) {
    return AllMethods.command(out, "linear,lora");
  }

  private static String accuracies(Path folder) throws IOException, InterruptedException {
    return BenchProcess.run("report", "--accuracy-only", folder.toString()).expect(0).out();
  }

  private static Map<Path, byte[]> contents(Path folder) throws IOException {
    Map<Path, byte[]> contents = new HashMap<>();
    for (Path record : BenchProcess.records(folder)) {
      contents.put(record, Files.readAllBytes(record));
    }
    return contents;
  }

  /** What a killed process may leave behind must be gone in the end. */
  private static List<Path> unfinished(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).startsWith("peft-bench-"))
          .toList();
    }
  }
}
