package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Split;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Failure.Reason;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Records;

/** A small folder of records with everything that a table must cope with. */
final class Example {

  static final TaskOrder ORDER =
      new TaskOrder(
          List.of(
              new TaskOrder.Group("vtab", "natural", List.of("cifar100", "caltech101")),
              new TaskOrder.Group("vtab", "specialized", List.of("eurosat")),
              new TaskOrder.Group("vtab", "structured", List.of("clevr_count", "kitti"))));
  static final Map<String, String> NOTES =
      Map.of("last", "the number of modules is a RECONSTRUCTION", "miet", "not in any table");

  private static final MethodChoice LINEAR = Records.method("linear");
  private static final MethodChoice LORA = Records.method("lora", "rank", "8");
  private static final Protocol CACHED =
      Records.protocol(Features.CACHED, Split.TEST, Optional.empty());

  private Example() {}

  static List<CellRecord> records() {
    List<CellRecord> records = new ArrayList<>();
    linearOverThreeSeeds(records);
    records.add(side(Records.cell(LINEAR, "cifar100", 0, Records.PROTOCOL), 531, 1000));
    loraWithFailures(records);
    lastOnTheFirstImages(records);
    records.add(
        Records.succeeded(
            Records.cell(
                LORA, "kitti", 0, Records.protocol(Features.LIVE, Split.VAL, Optional.empty())),
            812));
    return records;
  }

  private static void linearOverThreeSeeds(List<CellRecord> records) {
    long[][] correct = {
      {530, 800, 900, 350, 600},
      {540, 830, 900, 360, 610},
      {550, 860, 900, 370, 650}
    };
    List<String> tasks = ORDER.tasks();
    for (int seed = 0; seed < correct.length; seed++) {
      for (int task = 0; task < tasks.size(); task++) {
        Cell cell = Records.cell(LINEAR, tasks.get(task), seed, CACHED);
        records.add(side(cell, correct[seed][task], 1000));
      }
    }
  }

  private static void loraWithFailures(List<CellRecord> records) {
    records.add(Records.succeeded(lora("cifar100", 0), 701));
    records.add(
        Records.failed(
            lora("cifar100", 1), Reason.OUT_OF_MEMORY, "tried to allocate 2.00 GiB\nat batch 3"));
    records.add(Records.succeeded(lora("caltech101", 0), 900));
    CellRecord elsewhere = Records.succeeded(lora("caltech101", 1), 910);
    records.add(
        Records.record(
            elsewhere.cell(),
            elsewhere.outcome().orElseThrow(),
            elsewhere.phases(),
            60,
            Records.on("EPYC", "2026-11-21T12:00:00Z")));
    String hostile = "=cmd|' /C calc'!A0 <b>&\"x\"</b> $a_1^2$ {50%} #\\ [here](http://example)";
    records.add(Records.failed(lora("eurosat", 0), Reason.DIVERGED, hostile));
    records.add(Records.failed(lora("eurosat", 1), Reason.CRASHED, "exit code 134"));
  }

  private static void lastOnTheFirstImages(List<CellRecord> records) {
    Protocol limited = Records.protocol(Features.LIVE, Split.TEST, Optional.of(100));
    records.add(side(Records.cell(Records.method("last"), "cifar100", 0, limited), 53, 100));
    records.add(side(Records.cell(Records.method("last"), "pocket", 0, limited), 90, 100));
  }

  static Cell lora(String task, long seed) {
    return Records.cell(LORA, task, seed, Records.PROTOCOL);
  }

  /** A side method's record; it extracted its features if they are cached. */
  private static CellRecord side(Cell cell, long correct, long images) {
    List<PhaseCost> phases = new ArrayList<>();
    if (cell.protocol().features() != Features.LIVE) {
      phases.add(new PhaseCost(Phase.EXTRACT, 40 + 2.0 * cell.seed(), Optional.of(900L << 20)));
    }
    phases.add(new PhaseCost(Phase.TRAIN, 3.25 + cell.seed(), Optional.empty()));
    return Records.record(
        cell,
        new Outcome(correct, images, 1000, List.of(0.5), 36_864, 76_900, 86_000_000, 3072),
        phases,
        50.0 + cell.seed(),
        Records.on("Xeon", "2026-11-21T12:00:00Z"));
  }
}
