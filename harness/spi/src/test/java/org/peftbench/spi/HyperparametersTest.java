package org.peftbench.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HyperparametersTest {

  /** Every type an option may have. */
  public record All(
      @Option(doc = "a", value = "3", min = 3, max = 5) int whole,
      @Option(doc = "b", value = "-4") long large,
      @Option(doc = "c", value = "0.50", min = 0) double realNumber,
      @Option(doc = "d", value = "false") boolean flag,
      @Option(doc = "e", value = "x y") String text,
      @Option(doc = "f", value = "two-words") Word word) {

    /** Refuses. */
    public All {
      if (flag && word == Word.ONE) {
        throw new IllegalArgumentException("one flag is too many");
      }
    }
  }

  /** Values of an option. */
  public enum Word {
    ONE,
    TWO_WORDS
  }

  private static final Hyperparameters<All> ALL = Hyperparameters.of("all", All.class);

  @Test
  void defaultsAreReadAsUsersTypeThem() {
    assertEquals(new All(3, -4, 0.5, false, "x y", Word.TWO_WORDS), ALL.read(Map.of()));
  }

  @Test
  void whatIsGivenStandsInTheirPlace() {
    assertEquals(
        new All(4, -4, 2, true, "x y", Word.TWO_WORDS),
        ALL.read(Map.of("whole", "4", "real-number", "2", "flag", "true")));
  }

  @Test
  void aValueHasOneSpelling() {
    Map<String, String> resolved =
        Map.of(
            "whole",
            "4",
            "large",
            "-4",
            "real-number",
            "2",
            "flag",
            "false",
            "text",
            "x y",
            "word",
            "one");
    assertEquals(
        resolved, ALL.resolve(Map.of("real-number", "2.00", "whole", "+4", "word", "one")));
    assertEquals(resolved, ALL.resolve(resolved));
    assertEquals("0.5", ALL.all().get(2).defaultValue());
  }

  /** A method that had cells before it had its second option. */
  public record Grown(
      @Option(doc = "a", value = "3") int old,
      @Option(doc = "b", value = "1.0", later = true) double added) {}

  @Test
  void anOptionThatCameLaterIsNamedOnlyWhereItChangesSomething() {
    Hyperparameters<Grown> grown = Hyperparameters.of("grown", Grown.class);
    assertEquals(Map.of("old", "3"), grown.resolve(Map.of()));
    assertEquals(Map.of("old", "3"), grown.resolve(Map.of("added", "1")));
    assertEquals(Map.of("old", "3", "added", "2"), grown.resolve(Map.of("added", "2.0")));
    assertEquals(new Grown(3, 1), grown.read(grown.resolve(Map.of())));
  }

  @Test
  void rangesAreSaidInWords() {
    assertEquals(
        List.of(
            "an integer from 3 to 5",
            "an integer",
            "a number of at least 0",
            "true or false",
            "any text",
            "one of one, two-words"),
        ALL.all().stream().map(Hyperparameter::range).toList());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused("all: whole=2 is not possible; expected an integer from 3 to 5", "whole", "2");
    assertRefused(
        "all: whole=3.0 is not possible; expected an integer from 3 to 5", "whole", "3.0");
    assertRefused("all: flag=yes is not possible; expected true or false", "flag", "yes");
    assertRefused("all: word=ONE is not possible; expected one of one, two-words", "word", "ONE");
    for (String number : List.of("NaN", "Infinity", "-0.1", "")) {
      assertRefused(
          "all: real-number=" + number + " is not possible; expected a number of at least 0",
          "real-number",
          number);
    }
    assertRefused(
        "all has no option 'rank'; it has whole, large, real-number, flag, text, word",
        "rank",
        "1");
  }

  private static void assertRefused(String message, String name, String value) {
    assertRefused(message, () -> ALL.read(Map.of(name, value)));
    assertRefused(message, () -> ALL.resolve(Map.of(name, value)));
  }

  private static void assertRefused(String message, Runnable reading) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, reading::run).getMessage());
  }

  @Test
  void whatTheRecordRefusesIsRefused() {
    assertRefused(
        "all: one flag is too many", () -> ALL.read(Map.of("flag", "true", "word", "one")));
  }

  /** Lacks its annotation. */
  public record Bare(int rank) {}

  /** Has a default outside of its range. */
  public record Outside(@Option(doc = "rank", value = "0", min = 1) int rank) {}

  /** Has a type no option may have. */
  public record Odd(@Option(doc = "rank", value = "1") float rank) {}

  /** Has an option that only presets may have. */
  public record Reserved(@Option(doc = "rank", value = "1") int preset) {}

  /** Has an option that only a study's choice may have. */
  public record ReservedToo(@Option(doc = "rank", value = "1") int tuned) {}

  record Hidden(@Option(doc = "rank", value = "1") int rank) {}

  @Test
  void recordsThatCannotBeReadAreRefused() {
    assertUnusable("m: hyper-parameter rank lacks @Option", Bare.class);
    assertUnusable("m: rank=0 is not possible; expected an integer of at least 1", Outside.class);
    assertUnusable("m: rank=1 is not possible; expected an option's type, not float", Odd.class);
    assertUnusable("m: no hyper-parameter can be called preset", Reserved.class);
    assertUnusable("m: no hyper-parameter can be called tuned", ReservedToo.class);
    assertUnusable("m: its record " + Hidden.class.getName() + " is not public", Hidden.class);
  }

  private static <C extends Record> void assertUnusable(String message, Class<C> type) {
    assertRefused(message, () -> Hyperparameters.of("m", type).read(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Lora", "lora_x", "lora-", "-lora", "lo--ra", "8bit", "lora x"})
  void aNameIsLowerCaseWordsJoinedByHyphens(String text) {
    assertEquals(false, PeftMethod.isName(text));
  }
}
