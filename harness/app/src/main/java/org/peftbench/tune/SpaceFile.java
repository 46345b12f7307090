package org.peftbench.tune;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.peftbench.WrongInputException;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.result.Json;
import org.peftbench.spi.SearchRange;

/**
 * A space as users write it: what is not in it is not tuned.
 *
 * @param lr peak learning rates, for every method
 * @param weightDecay for every method
 * @param methods options by method and name
 */
record SpaceFile(
    Optional<Values> lr,
    @JsonProperty("weight-decay") Optional<Values> weightDecay,
    Optional<SortedMap<String, SortedMap<String, Values>>> methods) {

  private static final String EXPECTED =
      "a space such as {\"lr\": {\"min\": 1e-5, \"max\": 0.1, \"log\": true}, \"weight-decay\":"
          + " {\"choices\": [0.0001, 0.05]}, \"methods\": {\"lora\": {\"rank\": {\"choices\": [4,"
          + " 8]}}}}";

  /**
   * Choices, or an interval.
   *
   * @param choices numbers, words or truth values
   * @param min the smallest number
   * @param max the largest
   * @param log whether it is logarithmic; not, if it is not said
   */
  record Values(
      Optional<List<JsonNode>> choices,
      Optional<Double> min,
      Optional<Double> max,
      Optional<Boolean> log) {

    private SearchRange range(boolean whole) {
      if (choices.isPresent() == (min.isPresent() && max.isPresent())
          || (choices.isPresent() && (min.isPresent() || max.isPresent() || log.isPresent()))) {
        throw new IllegalArgumentException("expected either choices, or min and max");
      }
      return choices
          .map(list -> SearchRange.of(list.stream().map(JsonNode::asText).toList()))
          .orElseGet(
              () ->
                  SearchRange.of(
                      new SearchRange.Interval(
                          min.orElseThrow(), max.orElseThrow(), log.orElse(false), whole)));
    }
  }

  /** The space that a file has, for the methods that there are. */
  static Space read(Path file, Map<String, MethodDescription> known) {
    SpaceFile read =
        SmallFile.read(
            file,
            SpaceFile.class,
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES),
            EXPECTED);
    SortedMap<String, SortedMap<String, SearchRange>> methods = new TreeMap<>();
    read.methods
        .orElseGet(TreeMap::new)
        .forEach((id, options) -> methods.put(id, options(file, id, options, known)));
    return new Space(
        read.lr.map(values -> numbers(file, Space.LR, values)),
        read.weightDecay.map(values -> numbers(file, Space.WEIGHT_DECAY, values)),
        methods);
  }

  private static SortedMap<String, SearchRange> options(
      Path file, String id, Map<String, Values> options, Map<String, MethodDescription> known) {
    MethodDescription method = known.get(id);
    if (method == null) {
      throw wrong(
          file,
          "methods." + id,
          "there is no such method; known: " + String.join(", ", known.keySet()));
    }
    SortedMap<String, SearchRange> ranges = new TreeMap<>();
    options.forEach(
        (name, values) -> {
          String at = "methods." + id + "." + name;
          MethodDescription.Option option =
              method.options().stream()
                  .filter(one -> one.name().equals(name))
                  .findFirst()
                  .orElseThrow(() -> wrong(file, at, id + " has no such option"));
          ranges.put(name, range(file, at, values, option.whole()));
        });
    return ranges;
  }

  private static SearchRange range(Path file, String at, Values values, boolean whole) {
    try {
      return values.range(whole);
    } catch (IllegalArgumentException e) {
      throw wrong(file, at, String.valueOf(e.getMessage()));
    }
  }

  /** A rate is above 0, a decay at least 0. */
  private static SearchRange numbers(Path file, String at, Values values) {
    SearchRange range = range(file, at, values, false);
    range.interval().ifPresent(numbers -> number(file, at, SearchRange.spelt(numbers.min())));
    try {
      return range.interval().isPresent()
          ? range
          : SearchRange.of(
              range.choices().stream()
                  .map(text -> SearchRange.spelt(number(file, at, text)))
                  .toList());
    } catch (IllegalArgumentException e) {
      throw wrong(file, at, String.valueOf(e.getMessage()));
    }
  }

  private static double number(Path file, String at, String text) {
    double number;
    try {
      number = new BigDecimal(text).doubleValue(); // which has neither NaN nor 0x1p3
    } catch (NumberFormatException e) {
      number = Double.NaN;
    }
    boolean rate = at.equals(Space.LR);
    if (!(rate ? number > 0 : number >= 0) || Double.isInfinite(number)) {
      throw wrong(
          file, at, text + (rate ? " is not a positive number" : " is not a number from 0 on"));
    }
    return number;
  }

  private static WrongInputException wrong(Path file, String at, String what) {
    return new WrongInputException(file + ": " + at + ": " + what);
  }
}
