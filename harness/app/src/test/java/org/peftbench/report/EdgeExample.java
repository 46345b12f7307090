package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.cell.Cell;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Split;
import org.peftbench.result.CellRecord;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Failure;
import org.peftbench.result.Failure.Reason;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.Records;

/**
 * Edge cells of ViT-B/16 on two tasks: {@code linear} and {@code miet} in all types, a small map
 * over two links, and the same methods beside a backbone of their own.
 */
final class EdgeExample {

  static final MethodChoice LINEAR = Records.method("linear");
  static final MethodChoice MIET = Records.method("miet");
  static final MethodChoice POOLED = Records.method("miet", "pool", "2");
  static final String PLAIN = "as it is";
  static final String SLOW = "slow (2 Mbit/s, 100 ms, 0.5 % lost)";

  private static final int IMAGES = 2000;
  private static final List<String> TASKS = List.of("cifar100", "caltech101");

  private EdgeExample() {}

  static List<CellRecord> records() {
    List<CellRecord> records = new ArrayList<>();
    for (String task : TASKS) {
      for (long seed = 0; seed < 2; seed++) {
        boolean reused = seed > 0; // seeds have the same features
        records.add(edge(cell(MIET, task, seed, Features.CLOUD), 720, 605_184, PLAIN, reused));
        records.add(
            edge(cell(MIET, task, seed, Features.CLOUD_FLOAT16), 719, 302_592, PLAIN, reused));
        records.add(edge(cell(MIET, task, seed, Features.CLOUD_INT8), 716, 152_084, PLAIN, reused));
        records.add(local(cell(MIET, task, seed, Features.CACHED)));
      }
      records.add(edge(cell(LINEAR, task, 0, Features.CLOUD), 600, 3072, PLAIN, false));
    }
    // Without a network of its own over the first link, with one over the second.
    records.add(edge(cell(POOLED, "cifar100", 0, Features.CLOUD_INT8), 700, 38_600, PLAIN, false));
    records.add(onItsOwnNetwork(cell(POOLED, "caltech101", 0, Features.CLOUD_INT8)));
    records.add(cutOff(cell(LINEAR, "caltech101", 1, Features.CLOUD)));
    records.add(edge(cell(LINEAR, "cifar100", 1, Features.CLOUD), 610, 3072, PLAIN, true));
    return records;
  }

  static Cell cell(MethodChoice method, String task, long seed, Features features) {
    return Records.cell(
        method, task, seed, Records.protocol(features, Split.TEST, Optional.empty()));
  }

  /** A cell whose images have files of 12,000 bytes; half of them had to be sent. */
  static CellRecord edge(Cell cell, long correct, long tensorBytes, String link, boolean reused) {
    return record(
        cell,
        correct,
        new EdgeUse(
            "https",
            link,
            new EdgeUse.Traffic(
                IMAGES,
                12_000L * IMAGES,
                150_528L * IMAGES,
                IMAGES / 2,
                6_050L * IMAGES,
                tensorBytes * IMAGES,
                (tensorBytes + 4) * IMAGES,
                Optional.empty(),
                Optional.empty(),
                240.5,
                1_031,
                0,
                0),
            reused,
            Optional.empty()));
  }

  /** One that was cut off twice, and timed single images. */
  private static CellRecord onItsOwnNetwork(Cell cell) {
    return record(
        cell,
        710,
        new EdgeUse(
            "http",
            SLOW,
            new EdgeUse.Traffic(
                IMAGES,
                12_000L * IMAGES,
                150_528L * IMAGES,
                IMAGES,
                12_080L * IMAGES,
                38_600L * IMAGES,
                38_604L * IMAGES,
                Optional.of(12_700L * IMAGES),
                Optional.of(40_100L * IMAGES),
                470,
                2_040,
                2,
                65_536),
            false,
            Optional.of(new EdgeUse.Latency(200, 0.27125, 0.3, 0.52))));
  }

  private static CellRecord cutOff(Cell cell) {
    String message = "cloud unreachable since 12:00:03; got 3 of 7 shards";
    CellRecord.Costs costs =
        new CellRecord.Costs(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(Records.WATCHED),
            60,
            Records.on("Edge", "2026-11-21T12:00:00Z"));
    return CellRecord.failed(cell, new Failure(Reason.ERROR, message, List.of()), costs);
  }

  private static CellRecord record(Cell cell, long correct, EdgeUse use) {
    return CellRecord.succeeded(
        cell,
        outcome(cell, correct + 4 * cell.seed()),
        Records.STEPS,
        Optional.empty(),
        new CellRecord.Costs(
            List.of(
                new PhaseCost(Phase.ENGINE, 0.75, Optional.of(170L << 20)),
                new PhaseCost(Phase.RECEIVE, use.traffic().seconds(), Optional.of(200L << 20)),
                new PhaseCost(Phase.TRAIN, 80 + cell.seed(), Optional.of(260L << 20)),
                new PhaseCost(Phase.TEST, 4, Optional.of(250L << 20))),
            Optional.empty(),
            Optional.of(use),
            List.of(),
            Optional.of(Records.WATCHED),
            330,
            Records.on("Edge", "2026-11-21T12:00:00Z")));
  }

  private static CellRecord local(Cell cell) {
    return Records.record(
        cell,
        outcome(cell, 720 + 4 * cell.seed()),
        List.of(
            new PhaseCost(Phase.ENGINE, 0.75, Optional.of(170L << 20)),
            new PhaseCost(Phase.EXTRACT, 40, Optional.of(900L << 20)),
            new PhaseCost(Phase.TRAIN, 79, Optional.of(650L << 20)),
            new PhaseCost(Phase.TEST, 30, Optional.of(900L << 20))),
        150,
        Records.on("Edge", "2026-11-21T12:00:00Z"));
  }

  private static Outcome outcome(Cell cell, long correct) {
    long tapBytes =
        cell.method().equals(LINEAR) ? 3_072 : cell.method().equals(POOLED) ? 153_600 : 605_184;
    return new Outcome(correct, 1000, 1000, List.of(0.5), 205_824, 76_900, 86_000_000, tapBytes);
  }
}
