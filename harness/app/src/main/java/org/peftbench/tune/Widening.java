package org.peftbench.tune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.peftbench.spi.SearchRange;

/**
 * A study's space with more of it beyond the edges that winners lie at: a quarter of an interval's
 * width, measured in logarithms if it is logarithmic, or one choice, as far beyond the last as that
 * is beyond its neighbour. With a quarter of the trials the new part is searched as densely as the
 * old one.
 */
public final class Widening {

  private static final double SHARE = 0.25;

  private Widening() {}

  /**
   * The space of the next round.
   *
   * @param edges of each method's choices, such as {@code lr lowest}
   * @param possible whether a dimension of a method may have a value
   */
  public static Space of(
      Space space,
      Map<String, List<String>> edges,
      BiPredicate<String, Map.Entry<String, String>> possible) {
    Space wide = space;
    for (Map.Entry<String, List<String>> ofMethod : edges.entrySet()) {
      String method = ofMethod.getKey();
      for (Space.Dimension old : space.of(method)) {
        SearchRange range = dimension(wide, method, old.name());
        for (boolean up : new boolean[] {false, true}) {
          String edge = old.name() + (up ? " highest" : " lowest");
          // A rate that two methods ask for is widened once.
          if (ofMethod.getValue().contains(edge) && end(range, up).equals(end(old.range(), up))) {
            range =
                extended(range, old.range(), up)
                    .filter(more -> possible.test(method, Map.entry(old.name(), end(more, up))))
                    .findFirst()
                    .orElse(range);
          }
        }
        wide = wide.with(method, new Space.Dimension(old.name(), range));
      }
    }
    return wide;
  }

  /** The trials of the next round. */
  public static int trials(Definition study) {
    int first = study.rounds().get(0).trials();
    return study.search() == Search.GRID ? first : Math.max(1, (int) Math.ceil(SHARE * first));
  }

  private static SearchRange dimension(Space space, String method, String name) {
    return space.of(method).stream()
        .filter(one -> one.name().equals(name))
        .map(Space.Dimension::range)
        .findFirst()
        .orElseThrow();
  }

  /** The lowest or highest value. */
  private static String end(SearchRange range, boolean highest) {
    return range
        .interval()
        .map(numbers -> numbers.at(highest ? 1 : 0))
        .orElseGet(() -> sorted(range).get(highest ? range.choices().size() - 1 : 0));
  }

  private static List<String> sorted(SearchRange range) {
    return range.choices().stream()
        .sorted(Comparator.comparingDouble(Double::parseDouble))
        .toList();
  }

  /** A range with more at one end, as much as the old range asks for; the first is best. */
  private static Stream<SearchRange> extended(SearchRange range, SearchRange old, boolean up) {
    if (range.interval().isEmpty() || old.interval().isEmpty()) {
      return oneMore(range, up);
    }
    SearchRange.Interval now = range.interval().get();
    double end = beyond(old.interval().get(), up);
    return Stream.of(
        SearchRange.of(
            new SearchRange.Interval(
                up ? now.min() : end, up ? end : now.max(), now.log(), now.whole())));
  }

  private static double beyond(SearchRange.Interval old, boolean up) {
    double share = up ? 1 + SHARE : -SHARE;
    double end =
        old.log()
            ? old.min() * Math.pow(old.max() / old.min(), share)
            : old.min() + share * (old.max() - old.min());
    if (!old.whole()) {
      return SearchRange.rounded(end);
    }
    return up ? Math.max(Math.rint(end), old.max() + 1) : Math.min(Math.rint(end), old.min() - 1);
  }

  /** An option of integers may not have the number itself, but the next integer. */
  private static Stream<SearchRange> oneMore(SearchRange range, boolean up) {
    List<String> choices = sorted(range);
    int size = choices.size();
    double last = Double.parseDouble(choices.get(up ? size - 1 : 0));
    double next = Double.parseDouble(choices.get(up ? size - 2 : 1));
    double more = last * next > 0 ? last * last / next : 2 * last - next;
    return Stream.of(SearchRange.rounded(more), Math.rint(more))
        .filter(one -> up ? one > last : one < last) // what is rounded may be on the other side
        .map(
            one -> {
              List<String> longer = new ArrayList<>(choices);
              longer.add(up ? size : 0, SearchRange.spelt(one));
              return SearchRange.of(longer);
            });
  }
}
