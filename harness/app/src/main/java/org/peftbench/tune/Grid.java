package org.peftbench.tune;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.peftbench.WrongInputException;
import org.peftbench.spi.SearchRange;

/** The points of a grid. */
final class Grid {

  private Grid() {}

  /**
   * What a dimension contributes.
   *
   * @param name of the dimension
   * @param parts of its range, all of them tried
   */
  record Axis(String name, List<SearchRange> parts) {}

  /**
   * Every combination of choices and of levels of intervals, of which there are as many as fit.
   *
   * @param first what has the values of all other dimensions
   * @param isNew whether a point has not been tried
   * @param most points that there may be, the default counted
   * @throws WrongInputException if there are more, whatever the levels
   */
  static List<Trial> of(List<Axis> axes, Trial first, Predicate<Trial> isNew, int most) {
    boolean levels =
        axes.stream()
            .flatMap(axis -> axis.parts().stream())
            .anyMatch(part -> part.interval().isPresent());
    List<Trial> points = points(axes, first, isNew, 2);
    if (points.size() >= most) {
      throw new WrongInputException(
          "the grid has %d points, its default among them, and there are to be %d trials"
              .formatted(points.size() + 1, most));
    }
    for (int level = 3; levels && level <= most; level++) {
      List<Trial> finer = points(axes, first, isNew, level);
      if (finer.size() >= most) {
        return points;
      }
      points = finer;
    }
    return points;
  }

  private static List<Trial> points(
      List<Axis> axes, Trial first, Predicate<Trial> isNew, int levels) {
    List<Trial> points = List.of(first);
    for (Axis axis : axes) {
      List<Trial> longer = new ArrayList<>();
      for (Trial point : points) {
        values(axis, levels).forEach(value -> longer.add(point.with(axis.name(), value)));
      }
      points = longer;
    }
    return points.stream().distinct().filter(isNew).toList();
  }

  /** Integers that are levels twice are there once. */
  private static Set<String> values(Axis axis, int levels) {
    Set<String> values = new LinkedHashSet<>();
    for (SearchRange part : axis.parts()) {
      values.addAll(part.choices());
      part.interval()
          .ifPresent(
              numbers ->
                  IntStream.range(0, levels)
                      .forEach(level -> values.add(numbers.at(level / (levels - 1.0)))));
    }
    return values;
  }
}
