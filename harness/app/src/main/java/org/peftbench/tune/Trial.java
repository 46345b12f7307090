package org.peftbench.tune;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A configuration that a study tries.
 *
 * @param number from 1, which is the default
 * @param lr peak learning rate
 * @param weightDecay decoupled weight decay
 * @param options all hyper-parameters of the method
 */
public record Trial(int number, double lr, double weightDecay, SortedMap<String, String> options) {

  /** Copies the options. */
  public Trial {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
  }

  /** The same under another number. */
  Trial as(int other) {
    return new Trial(other, lr, weightDecay, options);
  }

  /** What it has in a dimension. */
  String value(String dimension) {
    return switch (dimension) {
      case Space.LR -> Double.toString(lr);
      case Space.WEIGHT_DECAY -> Double.toString(weightDecay);
      default -> options.getOrDefault(dimension, "");
    };
  }

  /** The same with another value in a dimension. */
  Trial with(String dimension, String value) {
    if (dimension.equals(Space.LR)) {
      return new Trial(number, Double.parseDouble(value), weightDecay, options);
    }
    if (dimension.equals(Space.WEIGHT_DECAY)) {
      return new Trial(number, lr, Double.parseDouble(value), options);
    }
    SortedMap<String, String> changed = new TreeMap<>(options);
    changed.put(dimension, value);
    return new Trial(number, lr, weightDecay, changed);
  }
}
