package org.peftbench.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.peftbench.spi.Hyperparameter;
import org.peftbench.spi.Hyperparameters;

/** Lists the ways of configuring a method that are tested where nobody has chosen. */
final class Variants {

  private Variants() {}

  /**
   * The defaults, and for each option whose values can be listed the record with each other value;
   * without those that the record refuses.
   *
   * @return by name: {@code defaults}, {@code bias=true}
   * @throws IllegalArgumentException if the defaults do not fit
   */
  static <C extends Record> Map<String, C> of(Hyperparameters<C> hyperparameters) {
    Map<String, C> variants = new LinkedHashMap<>();
    variants.put("defaults", hyperparameters.read(Map.of()));
    for (Hyperparameter one : hyperparameters.all()) {
      for (String other : one.values()) {
        if (!other.equals(one.defaultValue())) {
          possible(hyperparameters, Map.of(one.name(), other))
              .ifPresent(config -> variants.put(one.name() + "=" + other, config));
        }
      }
    }
    return variants;
  }

  /**
   * Empty if the record refuses: some values exclude each other, which is a method's good right.
   */
  private static <C extends Record> Optional<C> possible(
      Hyperparameters<C> hyperparameters, Map<String, String> given) {
    try {
      return Optional.of(hyperparameters.read(given));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
