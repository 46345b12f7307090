package org.peftbench.measure.nvml;

import java.util.ArrayList;
import java.util.List;

/** Why clocks are not as high as they can be: names for the bits that NVML gives. */
final class ThrottleReasons {

  /** In the order of their bits. */
  private static final List<String> NAMES =
      List.of(
          "gpu-idle",
          "application-clocks",
          "software-power-cap",
          "hardware-slowdown",
          "sync-boost",
          "software-thermal-slowdown",
          "hardware-thermal-slowdown",
          "hardware-power-brake",
          "display-clocks");

  private ThrottleReasons() {}

  /** The names of the bits that are set; one that is not known is named by its number. */
  static List<String> of(long bits) {
    List<String> names = new ArrayList<>();
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((bits >>> bit & 1) != 0) {
        names.add(bit < NAMES.size() ? NAMES.get(bit) : "bit-" + bit);
      }
    }
    return names;
  }
}
