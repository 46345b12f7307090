package org.peftbench.report;

import java.util.ArrayList;
import java.util.List;
import org.peftbench.model.Tap;
import org.peftbench.model.ViTConfig;
import org.peftbench.result.CellRecord;
import org.peftbench.wire.FeatureType;

/**
 * What an image weighs if something else travels than its features.
 *
 * @param what travels
 * @param type of its values
 */
record Baseline(String what, String type, double bytesPerImage) {

  /** The image itself, what a head reads, one map, and all of them. */
  static List<Baseline> of(List<CellRecord> records, ViTConfig backbone) {
    List<Baseline> all = new ArrayList<>();
    Metrics.EDGE_FILE
        .of(records)
        .ifPresent(bytes -> all.add(new Baseline("image file", "as stored", bytes.doubleValue())));
    Metrics.EDGE_RAW
        .of(records)
        .ifPresent(bytes -> all.add(new Baseline("raw pixels", "uint8", bytes.doubleValue())));
    all.add(of("CLS token", 1, backbone, FeatureType.FLOAT32, 1));
    int tokens = Tap.block(0).tokens(backbone);
    for (FeatureType type : FeatureType.values()) {
      all.add(of("one map", tokens, backbone, type, 1));
    }
    int maps = backbone.depth() + 1;
    all.add(of("all " + maps + " maps", tokens, backbone, FeatureType.FLOAT32, maps));
    return List.copyOf(all);
  }

  private static Baseline of(
      String what, int tokens, ViTConfig backbone, FeatureType type, int maps) {
    return new Baseline(
        what, type.toString(), (double) maps * type.bytes(tokens, backbone.width()));
  }
}
