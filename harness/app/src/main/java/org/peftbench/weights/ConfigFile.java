package org.peftbench.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.peftbench.WrongInputException;
import org.peftbench.file.WholeFile;
import org.peftbench.model.ViTConfig;

/**
 * The JSON file that says what tensors' shapes cannot.
 *
 * @param config the transformer's sizes
 * @param classes outputs of the head, if stated
 */
record ConfigFile(ViTConfig config, OptionalInt classes) {

  private static final int MAX_BYTES = 65_536;
  private static final Set<String> REQUIRED =
      new TreeSet<>(
          Set.of("image_size", "patch_size", "channels", "dim", "depth", "heads", "mlp_dim"));
  private static final Set<String> OPTIONAL =
      new TreeSet<>(Set.of("num_classes", "layer_norm_eps"));

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** Reads and checks a file. */
  static ConfigFile read(Path path) {
    JsonNode root = parse(path);
    for (Iterator<String> keys = root.fieldNames(); keys.hasNext(); ) {
      String key = keys.next();
      if (!REQUIRED.contains(key) && !OPTIONAL.contains(key)) {
        throw new WrongInputException(
            path + ": unknown key '" + key + "'; known: " + REQUIRED + " and " + OPTIONAL);
      }
    }
    Fields fields = new Fields(path, root);
    try {
      return new ConfigFile(
          new ViTConfig(
              fields.integer("image_size"),
              fields.integer("patch_size"),
              fields.integer("channels"),
              fields.integer("dim"),
              fields.integer("depth"),
              fields.integer("heads"),
              fields.integer("mlp_dim"),
              fields.number("layer_norm_eps", ViTConfig.LAYER_NORM_EPS),
              ViTConfig.Pooling.CLS),
          root.has("num_classes")
              ? OptionalInt.of(fields.integer("num_classes"))
              : OptionalInt.empty());
    } catch (IllegalArgumentException e) {
      throw new WrongInputException(path + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode parse(Path path) {
    try {
      JsonNode root =
          JSON.readTree(
              WholeFile.read(path, MAX_BYTES)
                  .orElseThrow(
                      () ->
                          new WrongInputException(
                              path + ": more than " + MAX_BYTES + " bytes; not a config")));
      if (!root.isObject()) {
        throw new WrongInputException(path + ": expected a JSON object with " + REQUIRED);
      }
      return root;
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new WrongInputException(path + ": not JSON: " + reason, e);
    } catch (IOException e) {
      throw new WrongInputException(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private record Fields(Path path, JsonNode root) {

    int integer(String key) {
      JsonNode node = root.path(key);
      if (!node.isInt()) {
        throw wrong(key, node, "an integer");
      }
      return node.intValue();
    }

    double number(String key, double otherwise) {
      JsonNode node = root.path(key);
      if (node.isMissingNode()) {
        return otherwise;
      }
      if (!node.isNumber()) {
        throw wrong(key, node, "a number");
      }
      return node.doubleValue();
    }

    private WrongInputException wrong(String key, JsonNode node, String expected) {
      String found = node.isMissingNode() ? "is missing" : "is " + node;
      return new WrongInputException(path + ": " + key + " " + found + ", expected " + expected);
    }
  }
}
