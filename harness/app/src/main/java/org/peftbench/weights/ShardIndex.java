package org.peftbench.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.peftbench.Printable;
import org.peftbench.WrongInputException;
import org.peftbench.file.WholeFile;

/**
 * The index of weights in several files: {@code model.safetensors.index.json}, as Hugging Face
 * Transformers writes it.
 *
 * @param places the file of each tensor, by name: one of the index's own folder
 */
record ShardIndex(SortedMap<String, String> places) {

  static final String SUFFIX = ".safetensors.index.json";

  private static final int MAX_BYTES = 16 << 20;

  /** Each is open as long as the weights are. */
  private static final int MAX_SHARDS = 256;

  private static final Pattern SHARD = Pattern.compile("\\w[\\w.-]{0,199}\\.safetensors");

  /** Whether a file is called as an index. */
  static boolean isOne(Path file) {
    return String.valueOf(file.getFileName()).endsWith(SUFFIX);
  }

  /** The files, sorted. */
  SortedSet<String> shards() {
    return new TreeSet<>(places.values());
  }

  /**
   * Reads an index.
   *
   * @throws WrongInputException if it is none, or names a file outside of its folder
   */
  static ShardIndex read(Path file) {
    try {
      byte[] text =
          WholeFile.read(file, MAX_BYTES)
              .orElseThrow(() -> wrong(file, "more than " + MAX_BYTES + " bytes; not an index"));
      SortedMap<String, String> places = new TreeMap<>();
      try (JsonParser parser = SafetensorsHeader.JSON.createParser(text)) {
        require(parser.nextToken() == JsonToken.START_OBJECT, file, "expected an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          boolean map = parser.currentName().equals("weight_map");
          if (parser.nextToken() == JsonToken.START_OBJECT && map) {
            readPlaces(parser, file, places);
          } else {
            parser.skipChildren();
          }
        }
      }
      require(!places.isEmpty(), file, "has no weight_map; expected the file of each tensor in it");
      ShardIndex index = new ShardIndex(Collections.unmodifiableSortedMap(places));
      require(
          index.shards().size() <= MAX_SHARDS,
          file,
          "names %d files; at most %d are read".formatted(index.shards().size(), MAX_SHARDS));
      return index;
    } catch (JsonProcessingException e) {
      throw wrong(file, "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw wrong(file, "cannot be read: " + e.getMessage());
    }
  }

  private static void readPlaces(JsonParser parser, Path file, SortedMap<String, String> places)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String tensor = parser.currentName();
      String shard = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getText() : "";
      require(
          SHARD.matcher(shard).matches(),
          file,
          "tensor '%s' is in '%s', expected a file beside it, such as model-00001-of-00002.safetensors"
              .formatted(tensor, shard));
      places.put(tensor, shard);
      require(
          places.size() <= SafetensorsHeader.MAX_TENSORS,
          file,
          "more than " + SafetensorsHeader.MAX_TENSORS + " tensors");
    }
  }

  private static void require(boolean condition, Path file, String otherwise) {
    if (!condition) {
      throw wrong(file, otherwise);
    }
  }

  private static WrongInputException wrong(Path file, String what) {
    return new WrongInputException(file + ": " + Printable.line(what));
  }
}
