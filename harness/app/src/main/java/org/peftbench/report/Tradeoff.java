package org.peftbench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Accuracy against one cost: a point a method, for methods that succeeded in all their cells.
 *
 * @param name of its files
 * @param cost what it costs, with its unit
 * @param accuracy what the accuracy is a mean of
 */
record Tradeoff(String name, String cost, String accuracy, List<Point> points) {

  private static final double MEBIBYTE = 1 << 20;
  private static final double MILLION = 1e6;

  /** One method. */
  record Point(String method, double cost, double accuracy) {

    boolean beats(Point other) {
      return cost <= other.cost
          && accuracy >= other.accuracy
          && (cost < other.cost || accuracy > other.accuracy);
    }
  }

  /** Memory, time and parameters, for each setting and machine. */
  static List<Tradeoff> of(List<Section> sections) {
    List<Tradeoff> all = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      for (int j = 0; j < section.costs().size(); j++) {
        String suffix = "-" + (i + 1) + "-" + (j + 1);
        CostTable costs = section.costs().get(j);
        all.add(
            of(
                "accuracy-memory" + suffix,
                "peak memory of training (MiB)",
                section.accuracy(),
                costs,
                row -> row.memoryBytes().map(bytes -> bytes / MEBIBYTE)));
        all.add(
            of(
                "accuracy-time" + suffix,
                "training time (s, median over tasks and seeds)",
                section.accuracy(),
                costs,
                CostTable.Row::trainSeconds));
        all.add(
            of(
                "accuracy-parameters" + suffix,
                "trained parameters without the head (millions)",
                section.accuracy(),
                costs,
                row -> row.trainableParameters().map(count -> count / MILLION)));
      }
    }
    return List.copyOf(all);
  }

  private static Tradeoff of(
      String name,
      String words,
      AccuracyTable accuracies,
      CostTable costs,
      Function<CostTable.Row, Optional<Double>> cost) {
    int last = accuracies.columns().size() - 1;
    List<Point> points = new ArrayList<>();
    for (CostTable.Row row : costs.rows()) {
      Optional<Double> accuracy =
          accuracies.rows().stream()
              .filter(other -> other.method().equals(row.method()))
              .map(other -> other.scores().get(last))
              .filter(Score::whole)
              .flatMap(score -> score.mean().stream())
              .findFirst();
      if (accuracy.isPresent() && row.count() == row.of()) {
        cost.apply(row)
            .ifPresent(value -> points.add(new Point(row.method(), value, accuracy.get())));
      }
    }
    return new Tradeoff(name, words, accuracies.columns().get(last).name(), points);
  }

  /** The methods that no other beats in both, the cheapest first. */
  List<Point> front() {
    return points.stream()
        .filter(point -> points.stream().noneMatch(other -> other.beats(point)))
        .sorted(Comparator.comparingDouble(Point::cost))
        .toList();
  }
}
