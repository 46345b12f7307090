package org.peftbench.report;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * A setting in words, for people.
 *
 * @param parts each of which says of itself what it is, such as {@code batch size 64}
 */
record Caption(List<String> parts) {

  Caption {
    parts = List.copyOf(parts);
  }

  /** What all of several captions say. */
  static Caption shared(List<Caption> captions) {
    return new Caption(
        captions.stream()
            .limit(1)
            .flatMap(first -> first.parts.stream())
            .filter(part -> captions.stream().allMatch(caption -> caption.parts.contains(part)))
            .toList());
  }

  Caption without(Caption other) {
    return new Caption(parts.stream().filter(part -> !other.parts.contains(part)).toList());
  }

  @JsonValue
  @Override
  public String toString() {
    return String.join(", ", parts);
  }
}
