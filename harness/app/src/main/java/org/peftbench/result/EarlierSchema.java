package org.peftbench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.peftbench.cell.Cell;

/** Reads what earlier versions wrote, so that what was published stays readable. */
public final class EarlierSchema {

  /** Had neither inference nor GPU nor energy nor readings between the phases' edges. */
  private static final int WITHOUT_GPU = 2;

  /** Had built-in methods only. */
  private static final int WITHOUT_PLUGINS = 3;

  /** Knew one precision, of the engine its name, and not how long readings took. */
  private static final int FLOAT32_ONLY = 4;

  /** Knew neither studies nor shared passes. */
  private static final int WITHOUT_STUDIES = 5;

  /** Knew no cloud. */
  private static final int WITHOUT_EDGE = 6;

  /** Kept every backbone in memory, and knew no clips. */
  private static final int WITHOUT_STREAMING = 7;

  private EarlierSchema() {}

  static boolean reads(int schema) {
    return schema >= WITHOUT_GPU && schema <= CellRecord.SCHEMA;
  }

  static String known() {
    return "schema " + WITHOUT_GPU + " to " + CellRecord.SCHEMA;
  }

  /** Whether the cell is one GPU's, by its number: no such cell ever came to an end. */
  static boolean namesAGpu(JsonNode record) {
    return record.path("cell").path("device").asText().startsWith("cuda:");
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
      if (schema <= FLOAT32_ONLY) {
        float32(node.path("cell"));
      }
      if (schema <= FLOAT32_ONLY && node.path("provenance") instanceof ObjectNode provenance) {
        provenance.putNull("build");
        provenance.putNull("processors");
      }
      if (schema <= FLOAT32_ONLY
          && node.path("watched").path("sampling") instanceof ObjectNode sampling) {
        sampling.putNull("readingSeconds");
      }
      if (schema <= WITHOUT_STUDIES) {
        withoutStudy(node.path("cell"));
        node.putNull("sharedPass");
      }
      if (schema <= WITHOUT_EDGE) {
        node.putNull("edge");
      }
      if (schema <= WITHOUT_STREAMING) {
        residentOnImages(node.path("cell"));
        for (JsonNode phase : node.path("phases")) {
          if (phase instanceof ObjectNode cost) {
            cost.putNull("streamed");
          }
        }
      }
      node.put("schema", CellRecord.SCHEMA);
    }
    return record;
  }

  /**
   * The cell of an adapter, whose file has no number of a schema.
   *
   * @throws JsonProcessingException if it is no cell
   */
  public static Cell cell(String json) throws JsonProcessingException {
    JsonNode cell = Json.MAPPER.readTree(json);
    if (!cell.path("protocol").has("precision")) {
      float32(cell);
    }
    if (!cell.path("protocol").has("study")) {
      withoutStudy(cell);
    }
    if (!cell.path("protocol").has("backboneMemory")) {
      residentOnImages(cell);
    }
    return Json.MAPPER.treeToValue(cell, Cell.class);
  }

  private static void float32(JsonNode cell) {
    if (cell.path("protocol") instanceof ObjectNode protocol) {
      protocol.put("precision", "float32");
    }
  }

  /** Whether the rate was asked for is not known. */
  private static void withoutStudy(JsonNode cell) {
    if (cell.path("protocol") instanceof ObjectNode protocol) {
      protocol.put("lrGiven", false);
      protocol.putNull("study");
    }
  }

  private static void residentOnImages(JsonNode cell) {
    if (cell.path("protocol") instanceof ObjectNode protocol) {
      protocol.put("backboneMemory", "resident");
      protocol.put("frames", 1);
    }
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
