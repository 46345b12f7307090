package org.peftbench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.peftbench.spi.SearchRange;

/**
 * Where a winner is the lowest or the highest of all that was tried: what lies beyond may be
 * better. Of two values each is one or the other, so that less than three have no edges.
 */
final class Edges {

  private static final int FEWEST = 3;

  private Edges() {}

  /** Such as {@code lr lowest}. */
  static List<String> of(List<Space.Dimension> dimensions, Trial winner, List<Tried> all) {
    List<String> edges = new ArrayList<>();
    for (Space.Dimension dimension : dimensions) {
      if (!isNumeric(dimension.range())) {
        continue;
      }
      SortedSet<Double> tried = new TreeSet<>();
      all.forEach(one -> tried.add(Double.valueOf(one.trial().value(dimension.name()))));
      double won = Double.parseDouble(winner.value(dimension.name()));
      if (tried.size() >= FEWEST && won == tried.first()) {
        edges.add(dimension.name() + " lowest");
      }
      if (tried.size() >= FEWEST && won == tried.last()) {
        edges.add(dimension.name() + " highest");
      }
    }
    return edges;
  }

  static boolean isNumeric(SearchRange range) {
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
