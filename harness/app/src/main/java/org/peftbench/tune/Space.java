package org.peftbench.tune;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.spi.SearchRange;

/**
 * What a study tries. What is not in it is not tuned.
 *
 * @param lr peak learning rates, for every method
 * @param weightDecay for every method
 * @param methods options by method and name
 */
public record Space(
    Optional<SearchRange> lr,
    Optional<SearchRange> weightDecay,
    SortedMap<String, SortedMap<String, SearchRange>> methods) {

  /** The learning rate as a dimension. */
  static final String LR = "lr";

  /** The weight decay as a dimension. */
  static final String WEIGHT_DECAY = "weight-decay";

  private static final SearchRange USUAL_LR =
      SearchRange.of(new SearchRange.Interval(1e-5, 1e-1, true, false));
  private static final SearchRange USUAL_DECAY = SearchRange.of(List.of("0.0001", "0.05"));

  /** Copies the maps. */
  public Space {
    SortedMap<String, SortedMap<String, SearchRange>> copies = new TreeMap<>();
    methods.forEach(
        (id, options) -> copies.put(id, Collections.unmodifiableSortedMap(new TreeMap<>(options))));
    methods = Collections.unmodifiableSortedMap(copies);
  }

  /** The usual rates and decays, with what methods declare. */
  static Space usual(SortedMap<String, SortedMap<String, SearchRange>> declared) {
    return new Space(Optional.of(USUAL_LR), Optional.of(USUAL_DECAY), declared);
  }

  /**
   * A dimension of a method's space.
   *
   * @param name {@value #LR}, {@value #WEIGHT_DECAY} or an option
   * @param range what is tried
   */
  record Dimension(String name, SearchRange range) {}

  /** Whether a dimension is one that all methods have, and no option. */
  public static boolean isCommon(String dimension) {
    return dimension.equals(LR) || dimension.equals(WEIGHT_DECAY);
  }

  /** What is tried of a method: rate and decay, then its options by name. */
  List<Dimension> of(String method) {
    List<Dimension> dimensions = new ArrayList<>();
    lr.ifPresent(range -> dimensions.add(new Dimension(LR, range)));
    weightDecay.ifPresent(range -> dimensions.add(new Dimension(WEIGHT_DECAY, range)));
    options(method).forEach((name, range) -> dimensions.add(new Dimension(name, range)));
    return dimensions;
  }

  /** What is tried of a method's own options. */
  SortedMap<String, SearchRange> options(String method) {
    return methods.getOrDefault(method, new TreeMap<>());
  }

  /** The same with another range of a dimension, be it all methods' or one's own. */
  Space with(String method, Dimension other) {
    if (other.name.equals(LR)) {
      return new Space(Optional.of(other.range), weightDecay, methods);
    }
    if (other.name.equals(WEIGHT_DECAY)) {
      return new Space(lr, Optional.of(other.range), methods);
    }
    SortedMap<String, SortedMap<String, SearchRange>> changed = new TreeMap<>(methods);
    SortedMap<String, SearchRange> options = new TreeMap<>(options(method));
    options.put(other.name, other.range);
    changed.put(method, options);
    return new Space(lr, weightDecay, changed);
  }
}
