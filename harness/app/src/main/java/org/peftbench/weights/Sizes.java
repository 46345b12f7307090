package org.peftbench.weights;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.peftbench.model.ViTConfig;

/**
 * Values for the letters a layout writes its shapes with: D width, M MLP width, H heads, E width of
 * a head, P patch side, C channels, N tokens, K classes; 3D is three times D.
 */
final class Sizes {

  private final Map<String, Long> values = new HashMap<>(Map.of("1", 1L));

  static Sizes of(ViTConfig config) {
    Sizes sizes = new Sizes();
    sizes.values.put("D", (long) config.width());
    sizes.values.put("3D", 3L * config.width());
    sizes.values.put("M", (long) config.mlpWidth());
    sizes.values.put("H", (long) config.heads());
    sizes.values.put("E", (long) config.width() / config.heads());
    sizes.values.put("P", (long) config.patchSize());
    sizes.values.put("C", (long) config.channels());
    sizes.values.put("N", (long) config.tokens());
    return sizes;
  }

  /** The shape that the letters stand for. */
  List<Long> shape(List<String> letters) {
    return letters.stream().map(this::value).toList();
  }

  /** Learns the letters' values from a shape; false if it contradicts them or what is known. */
  boolean learn(List<String> letters, List<Long> shape) {
    if (letters.size() != shape.size()) {
      return false;
    }
    for (int i = 0; i < letters.size(); i++) {
      Long known = values.putIfAbsent(letters.get(i), shape.get(i));
      if (known != null && !known.equals(shape.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean knows(String letter) {
    return values.containsKey(letter);
  }

  long value(String letter) {
    Long value = values.get(letter);
    if (value == null) {
      throw new IllegalStateException("no value for " + letter);
    }
    return value;
  }
}
