package org.peftbench.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TunedTest {

  /** Every way in which an option may be searched. */
  public record Searched(
      @Tuned(choices = {"1", "10.0"}) @Option(doc = "a", value = "1") double chosen,
      @Tuned(min = 2, max = 32, log = true) @Option(doc = "b", value = "8", min = 1) int whole,
      @Tuned(min = 0, max = 0.5) @Option(doc = "c", value = "0") double real,
      @Option(doc = "d", value = "1") double left) {}

  @Test
  void choicesAndIntervalsAreReadInCanonicalSpelling() {
    List<Optional<String>> searched =
        Hyperparameters.of("m", Searched.class).all().stream()
            .map(one -> one.search().map(SearchRange::toString))
            .toList();
    assertEquals(
        List.of(
            Optional.of("1, 10"),
            Optional.of("2 to 32, logarithmic"),
            Optional.of("0 to 0.5"),
            Optional.empty()),
        searched);
  }

  @Test
  void placesOfARangeAreValuesAsTyped() {
    SearchRange rates = SearchRange.of(new SearchRange.Interval(1e-5, 0.1, true, false));
    assertEquals(
        List.of("1.0E-5", "1.0E-4", "3.16E-4", "0.001", "0.1"),
        Stream.of(0.0, 0.25, 0.375, 0.5, 1.0).map(rates::at).toList());
    SearchRange ranks = SearchRange.of(new SearchRange.Interval(2, 32, true, true));
    assertEquals(
        List.of("2", "8", "11", "32"), Stream.of(0.0, 0.5, 0.6, 1.0).map(ranks::at).toList());
    SearchRange words = SearchRange.of(List.of("a", "b", "c"));
    assertEquals(
        List.of("a", "a", "b", "c"), Stream.of(0.0, 0.3, 0.5, 0.99).map(words::at).toList());
  }

  /** Tries what its option refuses. */
  public record Outside(
      @Tuned(choices = {"0", "4"}) @Option(doc = "a", value = "1", min = 1) int rank) {}

  /** Tries beyond its option. */
  public record Beyond(
      @Tuned(min = 1, max = 8) @Option(doc = "a", value = "1", min = 1, max = 4) int rank) {}

  /** Has its ends the wrong way round. */
  public record Empty(@Tuned(min = 3, max = 3) @Option(doc = "a", value = "1") int rank) {}

  /** Begins where a logarithm ends. */
  public record Zero(
      @Tuned(min = 0, max = 3, log = true) @Option(doc = "a", value = "1") double scale) {}

  /** Has both. */
  public record Both(
      @Tuned(choices = "1", min = 0, max = 3) @Option(doc = "a", value = "1") double scale) {}

  /** Says nothing. */
  public record Nothing(@Tuned @Option(doc = "a", value = "1") double scale) {}

  /** Tries one twice, in two spellings. */
  public record Twice(
      @Tuned(choices = {"1", "1.0"}) @Option(doc = "a", value = "1") double scale) {}

  /** Is no number. */
  public record Word(@Tuned(min = 0, max = 1) @Option(doc = "a", value = "true") boolean bias) {}

  /** Has ends that it cannot have. */
  public record Half(@Tuned(min = 0.5, max = 2) @Option(doc = "a", value = "1") int rank) {}

  @Test
  void whatCannotBeTriedIsRefusedAtTheDoor() {
    assertRefused(
        Outside.class,
        "m: @Tuned of rank: m: rank=0 is not possible; expected an integer of at least 1");
    assertRefused(
        Beyond.class, "m: @Tuned of rank: from 1 to 8 is not within an integer from 1 to 4");
    assertRefused(Empty.class, "m: @Tuned of rank: min 3 is not below max 3");
    assertRefused(Zero.class, "m: @Tuned of scale: a logarithmic range begins above 0, not at 0");
    String either = "m: @Tuned of scale: either choices are tried, or the numbers from min to max";
    assertRefused(Both.class, either);
    assertRefused(Nothing.class, either);
    assertRefused(Twice.class, "m: @Tuned of scale: a choice is there twice: 1, 1");
    assertRefused(Word.class, "m: @Tuned of bias: only numbers have a min and a max");
    assertRefused(
        Half.class,
        "m: @Tuned of rank: a range of integers has ends that are integers, not 0.5 and 2");
  }

  private static <C extends Record> void assertRefused(Class<C> type, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> Hyperparameters.of("m", type))
            .getMessage());
  }
}
