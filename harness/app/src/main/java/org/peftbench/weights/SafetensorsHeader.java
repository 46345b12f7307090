package org.peftbench.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.Printable;

/**
 * The JSON header of a safetensors file: strict, and checked against the bytes that follow it.
 *
 * @param entries tensors by name
 * @param metadata the file's free text
 */
record SafetensorsHeader(SortedMap<String, Entry> entries, SortedMap<String, String> metadata) {

  /** Begin and end count bytes from the end of the header. */
  record Entry(TensorInfo info, long begin, long end) {}

  /** The header is wrong; the message does not name the file yet. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  static final int LONGEST_NAME = 400;
  private static final String METADATA = "__metadata__";

  /**
   * Of all that a header may have more of than any checkpoint has: it is not to fill the memory.
   */
  static final int MAX_TENSORS = 100_000;

  private static final int MAX_METADATA = 10_000;
  private static final int MAX_DIMENSIONS = 8;

  /** Names and texts are bounded by the length of the whole. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(4)
                  .maxNumberLength(20)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /**
   * Parses a header.
   *
   * @param json the header's text
   * @param dataBytes how many bytes follow the header in the file
   */
  static SafetensorsHeader parse(String json, long dataBytes) throws Malformed {
    SortedMap<String, Entry> entries = new TreeMap<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    try (JsonParser parser = JSON.createParser(json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "expected an object");
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals(METADATA)) {
          readMetadata(parser, metadata);
        } else {
          require(Printable.is(name, LONGEST_NAME), "'" + name + "' is no name for a tensor");
          entries.put(name, readEntry(parser, name));
          require(entries.size() <= MAX_TENSORS, "more than " + MAX_TENSORS + " tensors");
        }
      }
      require(parser.nextToken() == null, "something follows the object");
    } catch (StreamConstraintsException e) {
      throw new Malformed("a number is too long, or something is nested too deeply");
    } catch (JsonProcessingException e) {
      throw new Malformed(e.getOriginalMessage().lines().findFirst().orElse("not JSON"));
    } catch (IOException e) {
      throw new IllegalStateException("reading a string cannot fail", e);
    }
    checkTiling(entries, dataBytes);
    return new SafetensorsHeader(
        Collections.unmodifiableSortedMap(entries), Collections.unmodifiableSortedMap(metadata));
  }

  private static void readMetadata(JsonParser parser, Map<String, String> metadata)
      throws IOException, Malformed {
    require(
        parser.currentToken() == JsonToken.START_OBJECT, METADATA + " is not an object of strings");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      require(
          parser.nextToken() == JsonToken.VALUE_STRING, METADATA + " is not an object of strings");
      metadata.put(key, parser.getText());
      require(
          metadata.size() <= MAX_METADATA, METADATA + " has more than " + MAX_METADATA + " keys");
    }
  }

  private static Entry readEntry(JsonParser parser, String name) throws IOException, Malformed {
    String where = "tensor '" + name + "': ";
    require(parser.currentToken() == JsonToken.START_OBJECT, where + "expected an object");
    List<ElementType> type = new ArrayList<>();
    List<List<Long>> shape = new ArrayList<>();
    List<List<Long>> offsets = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      parser.nextToken();
      switch (key) {
        case "dtype" -> type.add(readType(parser, where));
        case "shape" -> shape.add(readLongs(parser, where + "shape", MAX_DIMENSIONS));
        case "data_offsets" -> offsets.add(readLongs(parser, where + "data_offsets", 2));
        default -> throw new Malformed(where + "unknown key '" + key + "'");
      }
    }
    require(
        type.size() == 1 && shape.size() == 1 && offsets.size() == 1,
        where + "needs dtype, shape and data_offsets");
    return entry(where, type.get(0), shape.get(0), offsets.get(0));
  }

  private static Entry entry(String where, ElementType type, List<Long> shape, List<Long> offsets)
      throws Malformed {
    require(
        offsets.size() == 2 && offsets.get(0) <= offsets.get(1),
        where + "data_offsets are " + offsets + ", expected [begin, end]");
    try {
      Entry entry = new Entry(new TensorInfo(type, shape), offsets.get(0), offsets.get(1));
      require(
          entry.end - entry.begin == entry.info.byteCount(),
          where
              + "%s bytes, but %s %s takes %s"
                  .formatted(entry.end - entry.begin, type, shape, entry.info.byteCount()));
      return entry;
    } catch (ArithmeticException e) {
      throw new Malformed(where + "shape " + shape + " is too large");
    }
  }

  private static ElementType readType(JsonParser parser, String where)
      throws IOException, Malformed {
    require(parser.currentToken() == JsonToken.VALUE_STRING, where + "dtype is not a string");
    String word = parser.getText();
    return ElementType.named(word)
        .orElseThrow(
            () ->
                new Malformed(
                    where
                        + "unknown dtype '%s'; known: %s"
                            .formatted(word, Arrays.toString(ElementType.values()))));
  }

  private static List<Long> readLongs(JsonParser parser, String where, int most)
      throws IOException, Malformed {
    require(parser.currentToken() == JsonToken.START_ARRAY, where + " is not a list of integers");
    List<Long> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(
          parser.currentToken() == JsonToken.VALUE_NUMBER_INT,
          where + " is not a list of integers");
      long value = parser.getLongValue();
      require(value >= 0, where + " contains the negative number " + value);
      require(values.size() < most, where + " has more than " + most + " numbers");
      values.add(value);
    }
    return values;
  }

  /** The tensors must cover the data exactly: no overlap, no gap, nothing left over. */
  private static void checkTiling(SortedMap<String, Entry> entries, long dataBytes)
      throws Malformed {
    List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(entries.entrySet());
    inOrder.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long expected = 0;
    for (Map.Entry<String, Entry> next : inOrder) {
      Entry entry = next.getValue();
      String where = "tensor '" + next.getKey() + "' ";
      require(
          entry.end <= dataBytes,
          where + "ends at byte " + entry.end + " of the data, which has " + dataBytes);
      require(
          entry.begin >= expected,
          where + "begins at byte " + entry.begin + ", within the one before it");
      require(
          entry.begin == expected,
          where + "begins at byte " + entry.begin + ", expected " + expected + " (a gap)");
      expected = entry.end;
    }
    require(
        expected == dataBytes,
        (dataBytes - expected) + " bytes at the end of the file belong to no tensor");
  }

  private static void require(boolean condition, String otherwise) throws Malformed {
    if (!condition) {
      throw new Malformed(otherwise);
    }
  }
}
