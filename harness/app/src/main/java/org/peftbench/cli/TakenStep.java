package org.peftbench.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.statistics.descriptive.Median;
import org.peftbench.link.Order;
import org.peftbench.report.Unit;
import org.peftbench.run.StepCost;

/**
 * Training steps that were taken, and what they took.
 *
 * @param order what was to be done
 * @param cost of it
 */
record TakenStep(Order.Step order, StepCost cost) {

  int learners() {
    return order.parallel();
  }

  /** Median of the steps. */
  double seconds() {
    return median(cost.seconds());
  }

  /** What of it the frozen backbone took. */
  double backboneSeconds() {
    return median(cost.backboneSeconds());
  }

  private static double median(List<Double> seconds) {
    return Median.withDefaults()
        .evaluate(seconds.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The most memory that there was, where the training was. */
  Optional<Long> peakBytes() {
    return order.device().isGpu() ? cost.gpuPeakBytes() : Optional.of(cost.peakBytes());
  }

  /** Memory in MiB: on a GPU the GPU's before and at its peak, and the process's peak. */
  List<String> memory() {
    Stream<Optional<Long>> bytes =
        order.device().isGpu()
            ? Stream.of(cost.gpuBytes(), cost.gpuPeakBytes(), Optional.of(cost.peakBytes()))
            : Stream.of(Optional.of(cost.residentBytes()), Optional.of(cost.peakBytes()));
    return bytes.map(one -> one.map(Unit.MIB::words).orElse(StepTables.NONE)).toList();
  }
}
