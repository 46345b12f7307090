package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.Variance;
import org.apache.commons.statistics.distribution.TDistribution;
import org.peftbench.result.CellRecord;

/**
 * What one method, run twice under two names, differs in: the noise of a setup.
 *
 * <p>Both runs have n seeds of their own. The smallest visible difference between two methods is
 * that which a two-sided t test at 5 % finds in four of five experiments of this size: (t(0.975) +
 * t(0.8)) s sqrt(2/n), with 2n - 2 degrees of freedom and s the deviation within runs.
 *
 * @param task of the cells
 * @param quantity what was measured, with its unit
 * @param first mean of the first run
 * @param second mean of the second run
 * @param deviation s, pooled over both runs
 * @param visible the smallest visible difference between means
 */
public record Noise(
    String task, String quantity, double first, double second, double deviation, double visible) {

  private static final double CONFIDENCE = 0.975;
  private static final double POWER = 0.8;

  private static final List<Metric> METRICS =
      List.of(Metrics.ACCURACY, Metrics.TRAIN_SECONDS, Metrics.TRAIN_PEAK);

  /**
   * Compares two runs of the same cells but for their seeds.
   *
   * @param first at least two records a task, all of them succeeded
   * @param second as many
   */
  public static List<Noise> between(List<CellRecord> first, List<CellRecord> second) {
    List<Noise> noises = new ArrayList<>();
    List<String> tasks = first.stream().map(record -> record.cell().task()).distinct().toList();
    for (String task : tasks) {
      for (Metric metric : METRICS) {
        double[] one = values(first, task, metric);
        double[] two = values(second, task, metric);
        if (one.length > 1 && one.length == two.length) {
          noises.add(of(task, metric.header(), one, two));
        }
      }
    }
    return List.copyOf(noises);
  }

  static Noise of(String task, String quantity, double[] first, double[] second) {
    int n = first.length;
    double deviation =
        Math.sqrt((Variance.of(first).getAsDouble() + Variance.of(second).getAsDouble()) / 2);
    TDistribution t = TDistribution.of(2.0 * n - 2);
    double factor =
        t.inverseCumulativeProbability(CONFIDENCE) + t.inverseCumulativeProbability(POWER);
    return new Noise(
        task,
        quantity,
        Mean.of(first).getAsDouble(),
        Mean.of(second).getAsDouble(),
        deviation,
        factor * deviation * Math.sqrt(2.0 / n));
  }

  private static double[] values(List<CellRecord> records, String task, Metric metric) {
    return records.stream()
        .filter(record -> record.cell().task().equals(task))
        .flatMap(record -> metric.of(record).stream())
        .mapToDouble(metric.unit()::in)
        .toArray();
  }
}
