package org.peftbench.plan;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A method with every hyper-parameter resolved.
 *
 * @param id the method's id, such as {@code lora}
 * @param options all hyper-parameters by name, defaults included
 * @param given those that differ from the method's defaults
 */
public record MethodChoice(
    String id, SortedMap<String, String> options, SortedMap<String, String> given) {

  /** Copies the maps. */
  public MethodChoice {
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    given = Collections.unmodifiableSortedMap(new TreeMap<>(given));
  }

  /** What the user would type: {@code lora} or {@code lora[rank=4,scale=2]}. */
  public String label() {
    if (given.isEmpty()) {
      return id;
    }
    return given.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(",", id + "[", "]"));
  }
}
