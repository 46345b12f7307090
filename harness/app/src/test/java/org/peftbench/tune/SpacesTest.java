package org.peftbench.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.peftbench.image.Refusal.assertRefused;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.peftbench.WrongInputException;
import org.peftbench.plugin.MethodDescription;
import org.peftbench.spi.SearchRange;

class SpacesTest {

  private static final List<MethodDescription> KNOWN =
      List.of(
          method(
              "lora",
              new MethodDescription.Option("rank", "8", "", "", true, Optional.empty()),
              new MethodDescription.Option(
                  "scale", "1", "", "", false, Optional.of(Studies.choices("0.1", "1"))),
              new MethodDescription.Option("word", "a", "", "", false, Optional.empty())),
          method("linear"));

  @TempDir Path folder;

  private static MethodDescription method(String id, MethodDescription.Option... options) {
    return new MethodDescription(
        id, id, false, "", "", List.of(), List.of(options), List.of(), "", "");
  }

  private Space find(String word, Map<String, Map<String, String>> studied) {
    return Spaces.find(
        word,
        KNOWN,
        studied,
        (method, options) -> {
          if ("0".equals(options.get("rank"))) {
            throw new WrongInputException("lora: rank=0 is not possible");
          }
          Map<String, String> bound = new TreeMap<>(options);
          bound.replaceAll((name, value) -> value.equals("1.0") ? "1" : value);
          return new TreeMap<>(bound);
        });
  }

  private Space file(String text) {
    try {
      Path file = Files.writeString(folder.resolve("space.json"), text);
      return find(file.toString(), Map.of("lora", Map.of(), "linear", Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertFileRefused(String text, String... words) {
    assertRefused(() -> file(text), words);
    assertRefused(() -> file(text), "space.json");
  }

  @Test
  void theUsualSpaceHasRatesDecaysAndWhatMethodsDeclare() {
    Space space = find("default", Map.of("lora", Map.of(), "linear", Map.of()));
    assertEquals("0.00001 to 0.1, logarithmic", space.lr().orElseThrow().toString());
    assertEquals("0.0001, 0.05", space.weightDecay().orElseThrow().toString());
    assertEquals(Map.of("lora", Map.of("scale", Studies.choices("0.1", "1"))), space.methods());
  }

  @Test
  void whatIsTypedOrNotStudiedIsNotTuned() {
    assertEquals(Map.of(), find("default", Map.of("lora", Map.of("scale", "2"))).methods());
    assertEquals(Map.of(), find("default", Map.of("linear", Map.of())).methods());
  }

  @Test
  void aFileSaysAllThatIsTuned() {
    Space space =
        file(
            "{\"lr\": {\"choices\": [0.001, \"0.01\"]}, \"methods\": {\"lora\": {\"rank\":"
                + " {\"min\": 2, \"max\": 32, \"log\": true}, \"scale\": {\"choices\": [1.0, 2]}}}}");
    assertEquals(Optional.of(Studies.choices("0.001", "0.01")), space.lr());
    assertEquals(Optional.empty(), space.weightDecay());
    assertEquals(
        Map.of(
            "rank",
            SearchRange.of(new SearchRange.Interval(2, 32, true, true)),
            "scale",
            Studies.choices("1", "2")),
        space.options("lora"));
    assertEquals(new Space(Optional.empty(), Optional.empty(), new TreeMap<>()), file("{}"));
  }

  @Test
  void aWrongFileIsRefusedWithFilePlaceAndWhatWouldBeRight() {
    assertRefused(() -> find("nowhere.json", Map.of()), "nowhere.json: no such file", "a space");
    assertRefused(() -> find(folder.toString(), Map.of()), "not a regular file", "a space");
    assertFileRefused("{\"lr\": 1}", "line 1, column 8: lr", "a space such as {\"lr\"");
    assertFileRefused("null", "null", "a space such as");
    assertFileRefused("{\"rate\": {}}", "rate", "a space such as");
    assertFileRefused("{\"lr\": {\"choices\": [\"0x1p3\"]}}", "lr: 0x1p3 is not a positive number");
    assertFileRefused("{\"lr\": {\"choices\": [0.1, \"0.10\"]}}", "lr: a choice is there twice");
    assertFileRefused(
        "{\"lr\": {\"min\": 1e-320, \"max\": 1, \"log\": true}}",
        "lr: from min",
        "too wide a range");
    assertFileRefused("{\"lr\": {\"min\": 1e-5}}", "lr: expected either choices, or min and max");
    assertFileRefused("{\"lr\": {\"choices\": [1], \"max\": 2}}", "lr: expected either choices");
    assertFileRefused("{\"lr\": {\"min\": 1, \"max\": 0.5}}", "lr: min 1 is not below max 0.5");
    assertFileRefused("{\"lr\": {\"min\": 0, \"max\": 1, \"log\": true}}", "begins above 0");
    assertFileRefused("{\"lr\": {\"choices\": [0, 1]}}", "lr: 0 is not a positive number");
    assertFileRefused("{\"lr\": {\"choices\": []}}", "lr: either choices are tried");
    assertFileRefused("{\"weight-decay\": {\"choices\": [\"x\"]}}", "weight-decay: x is not");
    assertFileRefused("{\"methods\": {\"lara\": {}}}", "methods.lara: there is no such method");
    assertFileRefused(
        "{\"methods\": {\"lora\": {\"r\": {\"choices\": [1]}}}}",
        "methods.lora.r: lora has no such option");
    assertFileRefused(
        "{\"methods\": {\"lora\": {\"rank\": {\"choices\": [0, 1]}}}}",
        "methods.lora.rank: lora: rank=0 is not possible");
    assertFileRefused(
        "{\"methods\": {\"lora\": {\"rank\": {\"min\": 1.5, \"max\": 3}}}}",
        "methods.lora.rank: a range of integers");
  }

  @Test
  void aHugeFileIsNotRead() throws IOException {
    Path file = Files.write(folder.resolve("space.json"), new byte[(16 << 20) + 1]);
    assertRefused(() -> find(file.toString(), Map.of()), "more than 16 MiB", "a space");
  }
}
