package org.peftbench.tune;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** What trials are worth, and what makes the difference between them. */
final class Budget {

  private static final int GROUPS = 3;

  /** Fewer would explain all of it by chance. */
  private static final int FEWEST = 8;

  private Budget() {}

  /**
   * The best that so many of these values, drawn with replacement, are expected to have: sum of
   * v_(i) ((i/n)^k - ((i-1)/n)^k) over the sorted values (Dodge et al., Show Your Work, EMNLP
   * 2019).
   */
  static double expectedBest(List<Double> values, int draws) {
    List<Double> sorted = values.stream().sorted().toList();
    double n = sorted.size();
    return IntStream.rangeClosed(1, sorted.size())
        .mapToDouble(
            i -> sorted.get(i - 1) * (Math.pow(i / n, draws) - Math.pow((i - 1) / n, draws)))
        .sum();
  }

  /**
   * The share of the variance of means that lies between the values of a dimension; empty where
   * there are few trials, or all are alike.
   */
  static Optional<Double> explained(List<Standing> trials, Space.Dimension dimension) {
    double mean = mean(trials);
    double all = trials.stream().mapToDouble(one -> square(one.mean() - mean)).sum();
    if (trials.size() < FEWEST || all == 0) {
      return Optional.empty();
    }
    double between =
        groups(trials, dimension).stream()
            .mapToDouble(group -> group.size() * square(mean(group) - mean))
            .sum();
    return Optional.of(between / all);
  }

  private static Collection<List<Standing>> groups(
      List<Standing> trials, Space.Dimension dimension) {
    if (dimension.range().interval().isEmpty()) {
      return trials.stream()
          .collect(groupingBy(one -> value(one, dimension), TreeMap::new, toList()))
          .values();
    }
    List<Standing> sorted =
        trials.stream()
            .sorted(Comparator.comparing(one -> Double.valueOf(value(one, dimension))))
            .toList();
    return IntStream.range(0, GROUPS)
        .mapToObj(i -> sorted.subList(i * sorted.size() / GROUPS, (i + 1) * sorted.size() / GROUPS))
        .toList();
  }

  private static String value(Standing one, Space.Dimension dimension) {
    return one.tried().trial().value(dimension.name());
  }

  private static double mean(List<Standing> trials) {
    return trials.stream().mapToDouble(Standing::mean).average().orElse(0);
  }

  private static double square(double value) {
    return value * value;
  }
}
