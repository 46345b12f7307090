package org.peftbench.plan;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.model.ViTConfig;

/** Methods that are to be narrower than their backbone, and are asked not to be. */
final class WideRanks {

  /** What methods call it by which they are narrow. */
  private static final List<String> OPTIONS = List.of("rank", "bottleneck");

  private WideRanks() {}

  /** Says of which methods a rank is above the backbone's width. */
  static List<String> notes(List<Candidate> candidates, ViTConfig backbone) {
    List<String> notes = new ArrayList<>();
    for (Candidate candidate : candidates) {
      for (String option : OPTIONS) {
        String value = candidate.choice().options().getOrDefault(option, "");
        if (value.matches("\\d{1,9}") && Integer.parseInt(value) > backbone.width()) {
          notes.add(
              "%s: a %s of %s is above the backbone's width of %d"
                  .formatted(candidate.choice().label(), option, value, backbone.width()));
        }
      }
    }
    return notes;
  }
}
