package org.peftbench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Accuracy against one cost: a point a method, for methods that succeeded in all their cells, and
 * that cells of all their tasks ran alone.
 *
 * @param name of its files
 * @param cost what it costs, with its unit
 * @param accuracy what the accuracy is a mean of
 */
record Tradeoff(String name, String cost, String accuracy, List<Point> points) {

  /** One method. */
  record Point(String method, double cost, double accuracy) {

    boolean beats(Point other) {
      return cost <= other.cost
          && accuracy >= other.accuracy
          && (cost < other.cost || accuracy > other.accuracy);
    }
  }

  private record Axis(String file, String words, Metric metric) {}

  private static final List<Axis> AXES =
      List.of(
          new Axis("accuracy-memory", "peak memory of training (MiB)", Metrics.TRAIN_PEAK),
          new Axis(
              "accuracy-time",
              "training time (s, median over tasks and seeds)",
              Metrics.TRAIN_SECONDS),
          new Axis(
              "accuracy-parameters",
              "trained parameters without the head (millions)",
              Metrics.TRAINABLE_PARAMETERS));

  /** Memory, time and parameters, for each setting and machine. */
  static List<Tradeoff> of(List<Section> sections) {
    List<Tradeoff> all = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      Section section = sections.get(i);
      for (int j = 0; j < section.costs().size(); j++) {
        for (Axis axis : AXES) {
          String name = axis.file + "-" + (i + 1) + "-" + (j + 1);
          all.add(of(name, axis, section.accuracy(), section.costs().get(j)));
        }
      }
    }
    return List.copyOf(all);
  }

  private static Tradeoff of(String name, Axis axis, AccuracyTable accuracies, CostTable costs) {
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
      if (accuracy.isPresent() && row.complete()) {
        row.value(axis.metric)
            .map(axis.metric.unit()::in)
            .ifPresent(cost -> points.add(new Point(row.method(), cost, accuracy.get())));
      }
    }
    return new Tradeoff(name, axis.words, accuracies.columns().get(last).name(), points);
  }

  /** The methods that no other beats in both, the cheapest first. */
  List<Point> front() {
    return points.stream()
        .filter(point -> points.stream().noneMatch(other -> other.beats(point)))
        .sorted(Comparator.comparingDouble(Point::cost))
        .toList();
  }
}
