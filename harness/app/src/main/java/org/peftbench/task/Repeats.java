package org.peftbench.task;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of a list that name what an earlier one names.
 *
 * @param alike with the same label; empty if there are none
 * @param contrary with another label; empty if there are none
 */
record Repeats(Optional<Pairs> alike, Optional<Pairs> contrary) {

  /**
   * Pairs of lines, by their places in the list.
   *
   * @param count how many
   * @param earlier of the first pair
   * @param later of the first pair
   */
  record Pairs(int count, int earlier, int later) {

    private static Optional<Pairs> with(Optional<Pairs> pairs, int earlier, int later) {
      return pairs
          .map(found -> new Pairs(found.count + 1, found.earlier, found.later))
          .or(() -> Optional.of(new Pairs(1, earlier, later)));
    }
  }

  static Repeats in(List<LabelledClip> clips) {
    Map<List<Path>, Integer> firsts = new HashMap<>();
    Optional<Pairs> alike = Optional.empty();
    Optional<Pairs> contrary = Optional.empty();
    for (int i = 0; i < clips.size(); i++) {
      LabelledClip clip = clips.get(i);
      Integer first = firsts.putIfAbsent(clip.frames(), i);
      if (first == null) {
        continue;
      }
      if (clips.get(first).label() == clip.label()) {
        alike = Pairs.with(alike, first, i);
      } else {
        contrary = Pairs.with(contrary, first, i);
      }
    }
    return new Repeats(alike, contrary);
  }
}
