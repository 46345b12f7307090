package org.peftbench.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads records as earlier versions wrote them, so that what was published stays readable. */
final class EarlierSchema {

  /** Had neither inference nor GPU nor energy nor readings between the phases' edges. */
  private static final int WITHOUT_GPU = 2;

  /** Had built-in methods only. */
  private static final int WITHOUT_PLUGINS = 3;

  /** Did not know how long readings took. */
  private static final int WITHOUT_READING_TIME = 4;

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
      int schema = node.path("schema").asInt();
      if (schema <= WITHOUT_GPU) {
        withoutGpu(node);
      }
      if (schema <= WITHOUT_PLUGINS
          && node.path("cell").path("method") instanceof ObjectNode method) {
        method.putNull("plugin");
      }
      if (schema <= WITHOUT_READING_TIME
          && node.path("watched").path("sampling") instanceof ObjectNode sampling) {
        sampling.putNull("readingSeconds");
      }
      node.put("schema", CellRecord.SCHEMA);
    }
    return record;
  }

  private static void withoutGpu(ObjectNode record) {
    record.putNull("inference");
    record.putNull("watched");
    for (JsonNode phase : record.path("phases")) {
      if (phase instanceof ObjectNode cost) {
        cost.putNull("gpu");
        cost.putNull("cpuJoules");
      }
    }
  }
}
