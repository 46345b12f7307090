package org.peftbench.report;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.EdgeUse;
import org.peftbench.result.Flops;
import org.peftbench.result.GpuCost;
import org.peftbench.result.GpuUse;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.SharedPass;
import org.peftbench.result.StepTimes;
import org.peftbench.result.Streamed;
import org.peftbench.result.Watched;

/**
 * Reads one number off a cell's record; empty if the cell does not have it. What a phase took of a
 * cell that shared its pass is that of many cells, so that no cost of one can be read off it.
 */
interface Reading {

  Optional<? extends Number> of(CellRecord cell);

  /** What a successful cell found. */
  static Reading outcome(Function<Outcome, Number> value) {
    return cell -> cell.outcome().map(value);
  }

  /** Top-1 accuracy in percent; of random weights it would mean nothing. */
  static Optional<Double> accuracy(CellRecord cell) {
    return cell.outcome()
        .filter(found -> !cell.cell().backbone().costsOnly())
        .map(Outcome::accuracy);
  }

  /** Wall time of a phase. */
  static Reading seconds(Phase phase) {
    return cell -> phase(cell, phase).map(PhaseCost::seconds);
  }

  /**
   * Peak memory of a phase where the cell is computed: the GPU's on a GPU, also where its driver
   * does not tell it, else the process's resident set.
   */
  static Reading peakBytes(Phase phase) {
    return cell -> phase(cell, phase).flatMap(cost -> peakBytes(cell, cost));
  }

  private static Optional<Long> peakBytes(CellRecord cell, PhaseCost cost) {
    return cell.cell().device() == DeviceType.CUDA
        ? cost.gpu().flatMap(GpuCost::peakProcessBytes)
        : cost.peakResidentBytes();
  }

  /** Largest resident set of the child within a phase. */
  static Reading residentBytes(Phase phase) {
    return cell -> phase(cell, phase).flatMap(PhaseCost::peakResidentBytes);
  }

  /** What a phase read of a streamed backbone. */
  static Reading read(Phase phase) {
    return cell -> phase(cell, phase).flatMap(PhaseCost::streamed).map(Streamed::bytes);
  }

  /** What all phases together read of a streamed backbone. */
  static Reading streamed(Function<Streamed, Optional<? extends Number>> value) {
    return cell ->
        cell.sharedPass().isPresent()
            ? Optional.empty()
            : cell.phases().stream()
                .flatMap(cost -> cost.streamed().stream())
                .reduce(Streamed::plus)
                .flatMap(value);
  }

  /** What a phase took of a GPU. */
  static Reading gpu(Phase phase, Function<GpuCost, Optional<? extends Number>> value) {
    return cell -> phase(cell, phase).flatMap(PhaseCost::gpu).flatMap(value);
  }

  /** What training steps took. */
  static Reading steps(Function<StepTimes, Number> value) {
    return cell -> alone(cell).flatMap(CellRecord::steps).map(value);
  }

  /** What the trained network takes. */
  static Reading inference(Function<Inference, Number> value) {
    return cell -> cell.inference().map(value);
  }

  /** What is computed for an image. */
  static Reading flops(Function<Flops, Optional<Long>> value) {
    return cell -> cell.inference().map(Inference::flops).flatMap(value);
  }

  /** From starting the child to its end. */
  static Optional<Double> endToEndSeconds(CellRecord cell) {
    return alone(cell).map(CellRecord::endToEndSeconds);
  }

  /** Energy of all processors within a phase. */
  static Reading cpuJoules(Phase phase) {
    return cell -> phase(cell, phase).flatMap(PhaseCost::cpuJoules);
  }

  /** What a learner of a shared pass says of it and of itself. */
  static Reading pass(Function<SharedPass, Number> value) {
    return cell -> cell.sharedPass().map(value);
  }

  /** Wall time of training all learners of a shared pass. */
  static Optional<Double> passSeconds(CellRecord cell) {
    return passTrain(cell).map(PhaseCost::seconds);
  }

  /** Peak memory of training all learners of a shared pass, where it is computed. */
  static Optional<Long> passPeakBytes(CellRecord cell) {
    return passTrain(cell).flatMap(cost -> peakBytes(cell, cost));
  }

  /** What a cell had of a cloud. */
  static Reading edge(Function<EdgeUse, Optional<? extends Number>> value) {
    return cell -> alone(cell).flatMap(CellRecord::edge).flatMap(value);
  }

  /** What went over the link. */
  static Reading traffic(Function<EdgeUse.Traffic, Number> value) {
    return edge(use -> Optional.of(value.apply(use.traffic())));
  }

  /** Bytes of it, for each image whose features arrived. */
  static Reading imageBytes(ToLongFunction<EdgeUse.Traffic> bytes) {
    return traffic(traffic -> (double) bytes.applyAsLong(traffic) / traffic.images());
  }

  /** The same where not every cell has it. */
  static Reading wireBytes(Function<EdgeUse.Traffic, Optional<Long>> bytes) {
    return edge(
        use -> bytes.apply(use.traffic()).map(all -> (double) all / use.traffic().images()));
  }

  /** How long one image took. */
  static Reading latency(Function<EdgeUse.Latency, Number> value) {
    return edge(use -> use.latency().map(value));
  }

  /** Training and judging, of a cell whose features came from a cloud. */
  static Optional<Double> edgeComputeSeconds(CellRecord cell) {
    return Optional.of(cell)
        .filter(one -> one.edge().isPresent())
        .flatMap(one -> phase(one, Phase.TRAIN))
        .flatMap(train -> judging(cell).map(judge -> train.seconds() + judge.seconds()));
  }

  private static Optional<PhaseCost> judging(CellRecord cell) {
    return phase(cell, Phase.TEST).or(() -> phase(cell, Phase.VALIDATE));
  }

  private static Optional<PhaseCost> passTrain(CellRecord cell) {
    return cell.sharedPass().flatMap(pass -> cell.phase(Phase.TRAIN));
  }

  private static Optional<PhaseCost> phase(CellRecord cell, Phase phase) {
    return alone(cell).flatMap(own -> own.phase(phase));
  }

  private static Optional<CellRecord> alone(CellRecord cell) {
    return Optional.of(cell).filter(own -> own.sharedPass().isEmpty());
  }

  /** A part of the memory of training. */
  static Reading ledger(Function<Ledger, Number> part) {
    return cell -> Ledger.of(cell).map(part);
  }

  /** From starting the child to having an engine: Java's virtual machine, then the engine. */
  static Optional<Double> startSeconds(CellRecord cell) {
    return phase(cell, Phase.START)
        .flatMap(jvm -> phase(cell, Phase.ENGINE).map(engine -> jvm.seconds() + engine.seconds()));
  }

  /** Images of a second of steady steps. */
  static Optional<Double> trainImagesPerSecond(CellRecord cell) {
    return alone(cell)
        .flatMap(CellRecord::steps)
        .map(steps -> cell.cell().protocol().batchSize() / steps.p50Seconds());
  }

  /** Images of a second of validation or test, reading and decoding included. */
  static Optional<Double> judgedImagesPerSecond(CellRecord cell) {
    return judging(cell)
        .flatMap(phase -> cell.outcome().map(found -> found.images() / phase.seconds()));
  }

  /** The GPU's energy in training, without what the idle GPU would have drawn meanwhile. */
  static Optional<Double> gpuJoulesAboveIdle(CellRecord cell) {
    Optional<PhaseCost> train = phase(cell, Phase.TRAIN);
    Optional<Double> idle =
        cell.watched()
            .flatMap(Watched::gpu)
            .flatMap(GpuUse::idleWatts)
            .flatMap(watts -> train.map(phase -> watts * phase.seconds()));
    return train
        .flatMap(PhaseCost::gpu)
        .flatMap(GpuCost::joules)
        .flatMap(joules -> idle.map(drawn -> joules - drawn));
  }
}
