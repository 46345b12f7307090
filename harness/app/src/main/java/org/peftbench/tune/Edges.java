package org.peftbench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.peftbench.spi.SearchRange;

/**
 * Where a winner lies at the edge of what was tried, so that what is beyond may be better: it has
 * the lowest or highest of at least three choices, or is in the outer quarter of an interval and
 * nothing was tried that is further out.
 */
final class Edges {

  private static final int FEWEST = 3;
  private static final double OUTER = 0.25;

  private Edges() {}

  /** Such as {@code lr lowest}. */
  static List<String> of(List<Space.Dimension> dimensions, Trial winner, List<Tried> all) {
    List<String> edges = new ArrayList<>();
    for (Space.Dimension dimension : dimensions) {
      SearchRange range = dimension.range();
      if (range.interval().isEmpty() && !isNumeric(range)) {
        continue;
      }
      SortedSet<Double> ends = ends(dimension, all);
      double won = Double.parseDouble(winner.value(dimension.name()));
      double place = range.interval().map(numbers -> place(numbers, won)).orElse(Double.NaN);
      if (ends.size() >= FEWEST && won <= ends.first() && !(place > OUTER)) {
        edges.add(dimension.name() + " lowest");
      }
      if (ends.size() >= FEWEST && won >= ends.last() && !(place < 1 - OUTER)) {
        edges.add(dimension.name() + " highest");
      }
    }
    return edges;
  }

  private static SortedSet<Double> ends(Space.Dimension dimension, List<Tried> all) {
    Stream<String> values =
        dimension.range().interval().isPresent()
            ? all.stream().map(one -> one.trial().value(dimension.name()))
            : dimension.range().choices().stream();
    return values.map(Double::valueOf).collect(Collectors.toCollection(TreeSet::new));
  }

  /** 0 at the lowest number of an interval, 1 at the highest. */
  private static double place(SearchRange.Interval numbers, double value) {
    return numbers.log()
        ? Math.log(value / numbers.min()) / Math.log(numbers.max() / numbers.min())
        : (value - numbers.min()) / (numbers.max() - numbers.min());
  }

  private static boolean isNumeric(SearchRange range) {
    return range.choices().stream().allMatch(Edges::isNumber);
  }

  private static boolean isNumber(String text) {
    try {
      return Double.isFinite(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
