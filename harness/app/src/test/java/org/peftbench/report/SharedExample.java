package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Rate;
import org.peftbench.cell.Study;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.RecordFolder;
import org.peftbench.result.Records;
import org.peftbench.result.SharedPass;

/**
 * Cells that shared passes, beside others that ran alone: {@code last} by a preset that a study
 * chose, {@code losa} at a rate of the same study, {@code miet} and {@code lora} at rates that
 * nobody chose.
 */
final class SharedExample {

  static final Study STUDY = new Study("pocket-val", "0123abcd" + "e".repeat(56), 5, 3);
  static final MethodChoice LAST = Records.method("last", "tuned", "study.json");
  static final MethodChoice LOSA = Records.method("losa");
  static final MethodChoice MIET = Records.method("miet");
  private static final List<String> TASKS = List.of("cifar100", "caltech101");

  private SharedExample() {}

  static Rate chosen(double lr) {
    return new Rate(lr, true, false, 0.05, Optional.of(STUDY));
  }

  static Rate given(double lr, double weightDecay) {
    return new Rate(lr, true, true, weightDecay, Optional.empty());
  }

  static Rate unchosen(double lr) {
    return new Rate(lr, true, false, 1e-4, Optional.empty());
  }

  static Cell cell(MethodChoice method, String task, long seed, Rate rate) {
    return Records.cell(
        method,
        task,
        seed,
        Records.PROTOCOL.forMethod(rate, Features.LIVE, BackboneMemory.RESIDENT));
  }

  /** Seed 0 of the side methods ran alone, seeds 1 and 2 shared a pass a task. */
  static List<CellRecord> records() {
    List<CellRecord> records = new ArrayList<>();
    for (String task : TASKS) {
      sideCells(task, 0).forEach(cell -> records.add(alone(cell, 60)));
      List<Cell> pass = new ArrayList<>(sideCells(task, 1));
      pass.addAll(sideCells(task, 2));
      records.addAll(pass(pass, task.equals("cifar100") ? 80 : 90));
      for (long seed = 0; seed < 3; seed++) {
        Cell lora = cell(Records.method("lora"), task, seed, unchosen(0.003));
        records.add(Records.succeeded(lora, 700 + 10 * seed));
      }
    }
    return records;
  }

  private static List<Cell> sideCells(String task, long seed) {
    return List.of(
        cell(LAST, task, seed, chosen(task.equals("cifar100") ? 0.01 : 0.03)),
        cell(LOSA, task, seed, chosen(0.003)),
        cell(MIET, task, seed, unchosen(0.003)));
  }

  static CellRecord alone(Cell cell, double seconds) {
    return Records.record(
        cell,
        outcome(cell),
        phases(seconds, 900),
        seconds + 10,
        Records.on("Xeon", "2026-11-21T12:00:00Z"));
  }

  /** The records of one pass: 50 s of the backbone, and 5 s and 3 MiB for each learner. */
  static List<CellRecord> pass(List<Cell> cells, double seconds) {
    return cells.stream()
        .map(
            cell ->
                CellRecord.succeeded(
                    cell,
                    outcome(cell),
                    Records.STEPS,
                    Optional.empty(),
                    costs(cell, cells, seconds)))
        .toList();
  }

  /** The record of a learner that left the same pass. */
  static CellRecord diverged(Cell cell, List<Cell> cells, double seconds) {
    Failure failure = new Failure(Failure.Reason.DIVERGED, "the loss is NaN", List.of());
    return CellRecord.failed(cell, failure, costs(cell, cells, seconds));
  }

  private static CellRecord.Costs costs(Cell cell, List<Cell> cells, double seconds) {
    List<String> with =
        cells.stream().filter(other -> !other.equals(cell)).map(RecordFolder::identity).toList();
    return new CellRecord.Costs(
        phases(seconds, 1100),
        Optional.of(new SharedPass(with, 50, 5, 3 << 20)),
        Optional.empty(),
        List.of(),
        Optional.of(Records.WATCHED),
        seconds + 20,
        Records.on("Xeon", "2026-11-21T12:00:00Z"));
  }

  private static List<PhaseCost> phases(double seconds, long mebibytes) {
    return List.of(
        new PhaseCost(Phase.ENGINE, 0.75, Optional.of(300L << 20)),
        new PhaseCost(Phase.TRAIN, seconds, Optional.of(mebibytes << 20)));
  }

  private static Outcome outcome(Cell cell) {
    return new Outcome(
        650 + 5 * cell.seed(), 1000, 1000, List.of(0.5), 36_864, 76_900, 86_000_000, 3072);
  }
}
