package org.peftbench.cell;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.peftbench.spi.Preset;

/**
 * A method with every hyper-parameter resolved.
 *
 * @param id the method's id, such as {@code lora}
 * @param options all hyper-parameters by name, defaults included
 * @param given those that differ from the method's defaults; of a preset, its name under {@value
 *     Preset#OPTION} and what was typed besides; of a study's choice, the study's name under
 *     {@value Preset#TUNED}
 * @param plugin SHA-256 of the jar that it comes from, in hex; empty for a built-in method
 */
public record MethodChoice(
    String id,
    SortedMap<String, String> options,
    SortedMap<String, String> given,
    Optional<String> plugin) {

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

  /**
   * What tables compare over tasks: a preset, or what a study chose, is one choice, whatever it
   * means for each task.
   */
  public MethodChoice acrossTasks() {
    return given.containsKey(Preset.OPTION) || given.containsKey(Preset.TUNED)
        ? new MethodChoice(id, given, given, plugin)
        : this;
  }
}
