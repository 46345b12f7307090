package org.peftbench.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.peftbench.cell.Rate;
import org.peftbench.plugin.TypedMethod;
import org.peftbench.spi.Preset;

/**
 * A method that is asked for.
 *
 * @param method as typed
 * @param rate that a study tries; empty to follow the profile, or the study that chose it
 */
public record Asked(TypedMethod method, Optional<Rate> rate) {

  /** A method as it was typed. */
  public static Asked as(TypedMethod method) {
    return new Asked(method, Optional.empty());
  }

  /** A method as a file of {@code bench tune} has it for each task. */
  public static Asked tuned(String id, String file) {
    return as(new TypedMethod(id, Map.of(Preset.TUNED, file)));
  }

  /** Whether what these are depends on the task. */
  static boolean differByTask(List<Asked> all) {
    return all.stream()
        .map(one -> one.method.options())
        .anyMatch(
            options -> options.containsKey(Preset.OPTION) || options.containsKey(Preset.TUNED));
  }
}
