package org.peftbench.result;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.cell.BackboneChoice;
import org.peftbench.cell.BackboneMemory;
import org.peftbench.cell.Cell;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Features;
import org.peftbench.cell.MethodChoice;
import org.peftbench.cell.Phase;
import org.peftbench.cell.Protocol;
import org.peftbench.cell.Split;
import org.peftbench.image.Interpolation;
import org.peftbench.image.Normalization;
import org.peftbench.model.Precision;
import org.peftbench.model.ViTConfig;

/** Hand-made records for tests. */
public final class Records {

  public static final BackboneChoice VIT_B16 =
      new BackboneChoice(
          "vit-b16", "ViT-B_16.npz", "1234567890abcdef".repeat(4), 224, ViTConfig.Pooling.CLS);
  public static final Protocol PROTOCOL =
      new Protocol(
          "vtab",
          100,
          10,
          64,
          0.001,
          false,
          false,
          1e-4,
          Optional.empty(),
          Precision.FLOAT32,
          Interpolation.BICUBIC,
          Normalization.INCEPTION,
          Features.LIVE,
          BackboneMemory.RESIDENT,
          1,
          Split.TEST,
          Optional.empty());

  public static final EngineBuild BUILD =
      new EngineBuild(
          "2.7.1",
          Optional.of("e2d141dbde55c2a4370fac5165b0561b6af4798b"),
          Optional.of("mkl"),
          Optional.of("AVX512"),
          Optional.empty(),
          Optional.empty(),
          false,
          "flash",
          Optional.empty());

  public static final StepTimes STEPS =
      new StepTimes(1_600, 10, 0.5, 0.0625, 0.07, 0.125, 2.5, 100);

  public static final Watched WATCHED =
      new Watched(
          new Watched.Sampling(0.1, 1_200, 0.11, 0.25, Optional.of(0.375)),
          new Watched.MemoryCurve(0.8, List.of(300L << 20, 2000L << 20)),
          Optional.empty(),
          Optional.empty());

  public static final Inference INFERENCE =
      new Inference(
          16,
          0.22,
          0.2,
          0.015,
          0.0125,
          new Flops(
              Optional.of(35_000_000_000L),
              Optional.of(36_000_000_000L),
              Optional.empty(),
              Optional.of(100_000_000_000L)));

  private Records() {}

  public static MethodChoice method(String id, String... given) {
    SortedMap<String, String> options = new TreeMap<>();
    for (int i = 0; i < given.length; i += 2) {
      options.put(given[i], given[i + 1]);
    }
    return new MethodChoice(id, options, options, Optional.empty());
  }

  public static Protocol protocol(Features features, Split evaluate, Optional<Integer> limit) {
    return protocol(PROTOCOL.precision(), features, evaluate, limit);
  }

  public static Protocol in(Precision precision) {
    return protocol(precision, PROTOCOL.features(), PROTOCOL.evaluate(), PROTOCOL.limitTest());
  }

  private static Protocol protocol(
      Precision precision, Features features, Split evaluate, Optional<Integer> limit) {
    return new Protocol(
        PROTOCOL.profile(),
        PROTOCOL.epochs(),
        PROTOCOL.warmupEpochs(),
        PROTOCOL.batchSize(),
        PROTOCOL.lr(),
        PROTOCOL.ownLr(),
        PROTOCOL.lrGiven(),
        PROTOCOL.weightDecay(),
        PROTOCOL.study(),
        precision,
        PROTOCOL.interpolation(),
        PROTOCOL.normalize(),
        features,
        BackboneMemory.RESIDENT,
        1,
        evaluate,
        limit);
  }

  public static Cell cell(MethodChoice method, String task, long seed, Protocol protocol) {
    return new Cell(method, task, "d".repeat(64), seed, VIT_B16, protocol, DeviceType.CPU);
  }

  public static Cell withData(Cell cell, String dataSha256) {
    return new Cell(
        cell.method(),
        cell.task(),
        dataSha256,
        cell.seed(),
        cell.backbone(),
        cell.protocol(),
        cell.device());
  }

  public static Provenance on(String cpu, String startedAt) {
    return new Provenance(
        startedAt,
        "0.1.0",
        "unknown",
        "PyTorch 2.7.1",
        Optional.of(BUILD),
        "17",
        "Linux",
        cpu,
        2,
        Optional.empty(),
        "",
        "vmhwm");
  }

  public static CellRecord record(
      Cell cell, Outcome outcome, List<PhaseCost> phases, double seconds, Provenance provenance) {
    return CellRecord.succeeded(
        cell,
        outcome,
        STEPS,
        Optional.of(INFERENCE),
        new CellRecord.Costs(
            phases,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(WATCHED),
            seconds,
            provenance));
  }

  /** A cell with {@code correct} of 1000 images. */
  public static CellRecord succeeded(Cell cell, long correct) {
    return record(
        cell,
        new Outcome(correct, 1000, 1000, List.of(1.5, 0.25), 294_912, 76_900, 86_170_000, 0),
        List.of(
            new PhaseCost(Phase.ENGINE, 0.75, Optional.of(300L << 20)),
            new PhaseCost(Phase.LOAD, 1.5, Optional.of(700L << 20)),
            new PhaseCost(
                Phase.TRAIN, 100.0 + cell.seed(), Optional.of((2000L + cell.seed()) << 20))),
        120.0 + cell.seed(),
        on("Xeon", "2026-11-21T12:00:00Z"));
  }

  public static CellRecord failed(Cell cell, Failure.Reason reason, String message) {
    return CellRecord.failed(
        cell,
        new Failure(reason, message, List.of("last line")),
        new CellRecord.Costs(
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.of(WATCHED),
            7.5,
            on("Xeon", "2026-11-21T12:00:00Z")));
  }
}
