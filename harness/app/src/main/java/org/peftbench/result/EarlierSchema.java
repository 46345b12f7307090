package org.peftbench.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads records as earlier versions wrote them, so that what was published stays readable. */
final class EarlierSchema {

  /** Had neither inference nor GPU nor energy nor readings between the phases' edges. */
  private static final int WITHOUT_GPU = 2;

  private EarlierSchema() {}

  static boolean reads(int schema) {
    return schema >= WITHOUT_GPU && schema <= CellRecord.SCHEMA;
  }

  static String known() {
    return "schema " + WITHOUT_GPU + " to " + CellRecord.SCHEMA;
  }

  /** The record in the present form; what it did not know is unavailable. */
  static JsonNode upgraded(JsonNode record) {
    if (record instanceof ObjectNode node) {
      node.put("schema", CellRecord.SCHEMA);
      node.putNull("inference");
      node.putNull("watched");
      for (JsonNode phase : node.path("phases")) {
        if (phase instanceof ObjectNode cost) {
          cost.putNull("gpu");
          cost.putNull("cpuJoules");
        }
      }
    }
    return record;
  }
}
