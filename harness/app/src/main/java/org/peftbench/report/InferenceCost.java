package org.peftbench.report;

import static org.peftbench.report.CellStatistics.largest;
import static org.peftbench.report.CellStatistics.median;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.peftbench.result.CellRecord;
import org.peftbench.result.Flops;
import org.peftbench.result.Inference;

/**
 * What a trained network takes beside the plain backbone; medians of the cells.
 *
 * @param batch images a batch
 * @param imagesPerSecond in batches
 * @param plainImagesPerSecond the plain backbone's
 * @param overhead how much longer a batch takes, as a share
 * @param imageSeconds a single image
 * @param plainImageSeconds a single image through the plain backbone
 * @param flops forward, for an image
 * @param plainFlops the plain backbone's
 * @param sideFlops of {@code flops}, those of a side network
 * @param trainStepFlops forward and backward of training, for an image
 */
record InferenceCost(
    Optional<Integer> batch,
    Optional<Double> imagesPerSecond,
    Optional<Double> plainImagesPerSecond,
    Optional<Double> overhead,
    Optional<Double> imageSeconds,
    Optional<Double> plainImageSeconds,
    Optional<Long> flops,
    Optional<Long> plainFlops,
    Optional<Long> sideFlops,
    Optional<Long> trainStepFlops) {

  static InferenceCost of(List<CellRecord> done) {
    return new InferenceCost(
        largest(done, record -> record.inference().map(Inference::batch)),
        median(done, of(trial -> trial.batch() / trial.batchSeconds())),
        median(done, of(trial -> trial.batch() / trial.plainBatchSeconds())),
        median(done, of(Inference::overhead)),
        median(done, of(Inference::imageSeconds)),
        median(done, of(Inference::plainImageSeconds)),
        largest(done, flops(Flops::adapted)),
        largest(done, flops(Flops::plain)),
        largest(done, flops(Flops::side)),
        largest(done, flops(Flops::trainStep)));
  }

  private static Function<CellRecord, Optional<Double>> of(Function<Inference, Double> value) {
    return record -> record.inference().map(value);
  }

  private static Function<CellRecord, Optional<Long>> flops(Function<Flops, Optional<Long>> value) {
    return record -> record.inference().map(Inference::flops).flatMap(value);
  }
}
