package org.peftbench.report;

import java.util.Optional;
import java.util.function.Function;
import org.peftbench.cell.DeviceType;
import org.peftbench.cell.Phase;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Flops;
import org.peftbench.result.GpuCost;
import org.peftbench.result.GpuUse;
import org.peftbench.result.Inference;
import org.peftbench.result.Outcome;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.StepTimes;
import org.peftbench.result.Watched;

/** Reads one number off a cell's record; empty if the cell does not have it. */
interface Reading {

  Optional<? extends Number> of(CellRecord cell);

  /** What a successful cell found. */
  static Reading outcome(Function<Outcome, Number> value) {
    return cell -> cell.outcome().map(value);
  }

  /** Wall time of a phase. */
  static Reading seconds(Phase phase) {
    return cell -> cell.phase(phase).map(PhaseCost::seconds);
  }

  /**
   * Peak memory of a phase where the cell is computed: the GPU's on a GPU, also where its driver
   * does not tell it, else the process's resident set.
   */
  static Reading peakBytes(Phase phase) {
    Reading gpu = gpu(phase, GpuCost::peakProcessBytes);
    Reading host = residentBytes(phase);
    return cell -> (onGpu(cell) ? gpu : host).of(cell);
  }

  /** Largest resident set of the child within a phase. */
  static Reading residentBytes(Phase phase) {
    return cell -> cell.phase(phase).flatMap(PhaseCost::peakResidentBytes);
  }

  private static boolean onGpu(CellRecord cell) {
    return cell.cell().device() == DeviceType.CUDA;
  }

  /** What a phase took of a GPU. */
  static Reading gpu(Phase phase, Function<GpuCost, Optional<? extends Number>> value) {
    return cell -> cell.phase(phase).flatMap(PhaseCost::gpu).flatMap(value);
  }

  /** What training steps took. */
  static Reading steps(Function<StepTimes, Number> value) {
    return cell -> cell.steps().map(value);
  }

  /** What the trained network takes. */
  static Reading inference(Function<Inference, Number> value) {
    return cell -> cell.inference().map(value);
  }

  /** What is computed for an image. */
  static Reading flops(Function<Flops, Optional<Long>> value) {
    return cell -> cell.inference().map(Inference::flops).flatMap(value);
  }

  /** A part of the memory of training. */
  static Reading ledger(Function<Ledger, Number> part) {
    return cell -> Ledger.of(cell).map(part);
  }

  /** From starting the child to having an engine: Java's virtual machine, then the engine. */
  static Optional<Double> startSeconds(CellRecord cell) {
    return cell.phase(Phase.START)
        .flatMap(jvm -> cell.phase(Phase.ENGINE).map(engine -> jvm.seconds() + engine.seconds()));
  }

  /** Images of a second of steady steps. */
  static Optional<Double> trainImagesPerSecond(CellRecord cell) {
    return cell.steps().map(steps -> cell.cell().protocol().batchSize() / steps.p50Seconds());
  }

  /** Images of a second of validation or test, reading and decoding included. */
  static Optional<Double> judgedImagesPerSecond(CellRecord cell) {
    return cell.phase(Phase.TEST)
        .or(() -> cell.phase(Phase.VALIDATE))
        .flatMap(phase -> cell.outcome().map(found -> found.images() / phase.seconds()));
  }

  /** The GPU's energy in training, without what the idle GPU would have drawn meanwhile. */
  static Optional<Double> gpuJoulesAboveIdle(CellRecord cell) {
    Optional<PhaseCost> train = cell.phase(Phase.TRAIN);
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
