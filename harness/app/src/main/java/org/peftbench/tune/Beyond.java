package org.peftbench.tune;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.peftbench.spi.SearchRange;

/**
 * What a space has that an earlier one had not. Of each method, one dimension takes its values
 * there alone: the first that was widened, rate and decay before options. All others take theirs of
 * all that there is now.
 */
final class Beyond {

  static final Beyond NOTHING = new Beyond(Optional.empty());

  private final Optional<Space> before;

  Beyond(Space before, Space after) {
    this(after.equals(before) ? Optional.empty() : Optional.of(before));
  }

  private Beyond(Optional<Space> before) {
    this.before = before;
  }

  /** The value at a place of a dimension. */
  String at(
      String method, List<Space.Dimension> dimensions, Space.Dimension dimension, double place) {
    List<SearchRange> parts = parts(method, dimensions, dimension);
    int part = (int) (place * parts.size());
    return parts.get(part).at(place * parts.size() - part);
  }

  /** The axes of a grid. */
  List<Grid.Axis> axes(String method, Space now) {
    List<Space.Dimension> dimensions = now.of(method);
    return dimensions.stream()
        .map(one -> new Grid.Axis(one.name(), parts(method, dimensions, one)))
        .toList();
  }

  private List<SearchRange> parts(
      String method, List<Space.Dimension> dimensions, Space.Dimension dimension) {
    Optional<Space.Dimension> widened =
        dimensions.stream().filter(one -> !added(method, one).isEmpty()).findFirst();
    return widened.equals(Optional.of(dimension))
        ? added(method, dimension)
        : List.of(dimension.range());
  }

  private List<SearchRange> added(String method, Space.Dimension now) {
    return before
        .flatMap(
            space ->
                space.of(method).stream().filter(one -> one.name().equals(now.name())).findFirst())
        .map(then -> added(then.range(), now.range()))
        .orElse(List.of());
  }

  private static List<SearchRange> added(SearchRange then, SearchRange now) {
    if (then.interval().isEmpty() || now.interval().isEmpty()) {
      List<String> more = new ArrayList<>(now.choices());
      more.removeAll(then.choices());
      return more.isEmpty() ? List.of() : List.of(SearchRange.of(more));
    }
    SearchRange.Interval old = then.interval().get();
    SearchRange.Interval wide = now.interval().get();
    List<SearchRange> parts = new ArrayList<>();
    if (wide.min() < old.min()) {
      parts.add(part(wide, wide.min(), old.min()));
    }
    if (wide.max() > old.max()) {
      parts.add(part(wide, old.max(), wide.max()));
    }
    return parts;
  }

  private static SearchRange part(SearchRange.Interval of, double min, double max) {
    return SearchRange.of(new SearchRange.Interval(min, max, of.log(), of.whole()));
  }
}
