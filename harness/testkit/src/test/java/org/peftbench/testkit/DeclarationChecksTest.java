package org.peftbench.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.spi.Option;
import org.peftbench.spi.Preset;

class DeclarationChecksTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "Lora", "lora_x", "lora-", "-lora", "lo--ra", "8bit", "lora x"})
  void otherIdsThanKebabCaseAreCaught(String id) {
    assertCaught("joined by hyphens", () -> DeclarationChecks.idIsKebabCase(named(id)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "lora", "adapter-pfeiffer", "vpt-deep2"})
  void kebabCaseIsAccepted(String id) {
    DeclarationChecks.idIsKebabCase(named(id));
  }

  @Test
  void aMethodThatIsNotRegisteredIsCaught() {
    assertCaught("finds [] under", () -> DeclarationChecks.isFoundOnce(named("absent")));
  }

  @Test
  void twoMethodsOfOneIdAreCaught() {
    assertCaught(
        "FirstTwin, class org.peftbench.testkit.SecondTwin",
        () -> DeclarationChecks.isFoundOnce(new FirstTwin()));
  }

  @Test
  void anotherClassUnderTheIdIsCaught() {
    assertCaught(
        "should find class org.peftbench.testkit.DeclarationChecksTest",
        () -> DeclarationChecks.isFoundOnce(named("sound")));
  }

  @Test
  void missingBibtexIsCaught() {
    SoundMethod silent =
        new SoundMethod() {
          @Override
          public String bibtex() {
            return "";
          }
        };
    assertCaught("no BibTeX", () -> DeclarationChecks.describesItself(silent));
  }

  @Test
  void presetsThatDoNotFitAreCaught() {
    assertCaught("Config has no [ratio]", () -> DeclarationChecks.presetsFit(preset("ratio=1")));
    assertCaught("11.0 is outside", () -> DeclarationChecks.presetsFit(preset("factor=11")));
    assertCaught("is no number", () -> DeclarationChecks.presetsFit(preset("factor=many")));
    DeclarationChecks.presetsFit(preset("factor=3"));
  }

  private static SoundMethod preset(String option) {
    return new SoundMethod() {
      @Override
      public List<Preset> presets() {
        return List.of(Preset.of("published", "a paper", "cifar100 " + option));
      }
    };
  }

  @Test
  void variantsAreTheDefaultsAndEachOtherValueThatCanBeListed() {
    assertEquals(
        List.of("defaults", "flag=false", "place=second-half"),
        List.copyOf(Defaults.variants(Varied.class).keySet()));
    assertEquals(
        new Varied(2, false, Place.FIRST_HALF), Defaults.variants(Varied.class).get("flag=false"));
  }

  /** Some place. */
  public enum Place {
    /** The default. */
    FIRST_HALF,
    /** The other. */
    SECOND_HALF,
    /** One that the record refuses. */
    NOWHERE
  }

  /** Has options whose values can be listed. */
  public record Varied(
      @Option(doc = "a number", value = "2") int number,
      @Option(doc = "a flag", value = "true") boolean flag,
      @Option(doc = "a place", value = "first-half") Place place) {

    /** Refuses. */
    public Varied {
      if (place == Place.NOWHERE) {
        throw new IllegalArgumentException("nowhere");
      }
    }
  }

  /** Every type an option may have. */
  public record All(
      @Option(doc = "a", value = "3", min = 3, max = 3) int whole,
      @Option(doc = "b", value = "-4") long large,
      @Option(doc = "c", value = "0.5", min = 0, max = 1) double real,
      @Option(doc = "d", value = "false") boolean flag,
      @Option(doc = "e", value = "x y") String text,
      @Option(doc = "f", value = "two-words") Word word) {}

  /** Values of an option. */
  public enum Word {
    ONE,
    TWO_WORDS
  }

  @Test
  void defaultsAreReadAsUsersTypeThem() {
    assertEquals(new All(3, -4, 0.5, false, "x y", Word.TWO_WORDS), Defaults.of(All.class));
  }

  /** Lacks its annotation. */
  public record Bare(int rank) {}

  /** Has a default outside of its range. */
  public record Outside(@Option(doc = "rank", value = "0", min = 1) int rank) {}

  /** Has a default of another type. */
  public record Mistyped(@Option(doc = "rank", value = "8.0") int rank) {}

  /** Has a default that is none of the values. */
  public record Unknown(@Option(doc = "word", value = "TWO_WORDS") Word word) {}

  /** Has a type no option may have. */
  public record Odd(@Option(doc = "rank", value = "1") float rank) {}

  /** Refuses its own defaults. */
  public record Refusing(@Option(doc = "rank", value = "1") int rank) {

    /** Refuses. */
    public Refusing {
      throw new IllegalArgumentException("rank " + rank);
    }
  }

  record Hidden(@Option(doc = "rank", value = "1") int rank) {}

  @Test
  void recordsThatCannotBeBoundAreCaught() {
    assertCaught("Bare.rank lacks @Option", () -> Defaults.of(Bare.class));
    assertCaught("outside 1.0 to Infinity", () -> Defaults.of(Outside.class));
    assertCaught("'8.0' is no number", () -> Defaults.of(Mistyped.class));
    assertCaught("'TWO_WORDS' is no value of", () -> Defaults.of(Unknown.class));
    assertCaught("'1' is no value of float", () -> Defaults.of(Odd.class));
    assertCaught("cannot be made of", () -> Defaults.of(Refusing.class));
    assertCaught("is not public", () -> Defaults.of(Hidden.class));
  }

  private static SoundMethod named(String id) {
    return new SoundMethod() {
      @Override
      public String id() {
        return id;
      }
    };
  }

  private static void assertCaught(String reason, Executable check) {
    AssertionError error = assertThrows(AssertionError.class, check);
    assertTrue(String.valueOf(error.getMessage()).contains(reason), error::getMessage);
  }
}
