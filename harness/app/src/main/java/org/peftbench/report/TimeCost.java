package org.peftbench.report;

import static org.peftbench.report.CellStatistics.median;

import java.util.List;
import java.util.Optional;
import org.peftbench.result.CellRecord;
import org.peftbench.result.PhaseCost;
import org.peftbench.result.StepTimes;

/**
 * Where the time of a method's cells went; medians of the cells.
 *
 * @param startSeconds Java's virtual machine and the engine
 * @param loadSeconds weights
 * @param dataSeconds training images, read and decoded; empty where features came from a cache
 * @param firstStepSeconds the first training step
 * @param warmupSteps steps until they are steady
 * @param stepSeconds a steady step: half take no longer
 * @param slowStepSeconds nine of ten take no longer
 * @param slowestStepSeconds 99 of 100 take no longer
 * @param trainImagesPerSecond of steady steps
 * @param judgedImagesPerSecond of validation or test, reading and decoding included
 */
record TimeCost(
    Optional<Double> startSeconds,
    Optional<Double> loadSeconds,
    Optional<Double> dataSeconds,
    Optional<Double> firstStepSeconds,
    Optional<Double> warmupSteps,
    Optional<Double> stepSeconds,
    Optional<Double> slowStepSeconds,
    Optional<Double> slowestStepSeconds,
    Optional<Double> trainImagesPerSecond,
    Optional<Double> judgedImagesPerSecond) {

  static TimeCost of(List<CellRecord> done) {
    return new TimeCost(
        median(done, TimeCost::start),
        median(done, record -> record.phase("load").map(PhaseCost::seconds)),
        median(done, record -> record.phase("data").map(PhaseCost::seconds)),
        median(done, record -> record.steps().map(StepTimes::firstSeconds)),
        median(done, record -> record.steps().map(steps -> (double) steps.warmup())),
        median(done, record -> record.steps().map(StepTimes::p50Seconds)),
        median(done, record -> record.steps().map(StepTimes::p90Seconds)),
        median(done, record -> record.steps().map(StepTimes::p99Seconds)),
        median(
            done,
            record ->
                record
                    .steps()
                    .map(steps -> record.cell().protocol().batchSize() / steps.p50Seconds())),
        median(done, TimeCost::judged));
  }

  private static Optional<Double> start(CellRecord record) {
    return record
        .phase("start")
        .flatMap(jvm -> record.phase("engine").map(engine -> jvm.seconds() + engine.seconds()));
  }

  private static Optional<Double> judged(CellRecord record) {
    return record
        .phase("test")
        .or(() -> record.phase("validate"))
        .flatMap(phase -> record.outcome().map(found -> found.images() / phase.seconds()));
  }
}
