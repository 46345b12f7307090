package org.peftbench.dist;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Outcome;
import org.peftbench.result.RecordFolder;

/** The arguments that all small runs share: a random ViT-Ti at 32 pixels, which has five tokens. */
final class TinyRun {

  private TinyRun() {}

  static String[] arguments(Path data, Path out, String methods, String tasks, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "run",
                "--methods",
                methods,
                "--tasks",
                tasks,
                "--data",
                data.toString(),
                "--backbone",
                "vit-ti16",
                "--image-size",
                "32",
                "--weights",
                "random",
                "--normalize",
                "inception",
                "--batch-size",
                "16",
                "--device",
                "cpu",
                // Several engine threads wait for each other spinning: dear on a busy machine.
                "--threads",
                "1",
                "--out",
                out.toString()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  /** Has {@code bench run} succeed with arguments, and reads its records. */
  static List<CellRecord> run(Path out, List<String> usual, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", "--out", out.toString()));
    arguments.addAll(usual);
    arguments.addAll(List.of(more));
    BenchProcess.run(arguments.toArray(String[]::new)).expect(0);
    return RecordFolder.open(out).readAll();
  }

  /** The record of a method on a task, of which there must be exactly one. */
  static CellRecord record(Path out, String method, String task) {
    List<CellRecord> records =
        RecordFolder.open(out).readAll().stream()
            .filter(record -> record.cell().method().label().equals(method))
            .filter(record -> record.cell().task().equals(task))
            .toList();
    if (records.size() != 1) {
      throw new AssertionError(records.size() + " records of " + method + " on " + task);
    }
    return records.get(0);
  }

  static Outcome outcome(Path out, String method, String task) {
    CellRecord record = record(out, method, task);
    return record
        .outcome()
        .orElseThrow(
            () ->
                new AssertionError(
                    record.failure().map(Objects::toString).orElse("failed without a reason")));
  }
}
