package org.peftbench.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.peftbench.model.ViTConfig;
import org.peftbench.model.VisionTransformer;
import org.peftbench.spi.BackboneMethod;
import org.peftbench.spi.Hyperparameters;
import org.peftbench.spi.Option;
import org.peftbench.spi.Preset;
import org.peftbench.spi.Tuned;

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
    assertCaught(
        "sound has no option 'ratio'", () -> DeclarationChecks.presetsFit(preset("ratio=1")));
    assertCaught(
        "factor=11 is not possible", () -> DeclarationChecks.presetsFit(preset("factor=11")));
    assertCaught(
        "factor=many is not possible", () -> DeclarationChecks.presetsFit(preset("factor=many")));
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
    Map<String, Varied> variants = Variants.of(Hyperparameters.of(new Configured<>(Varied.class)));
    assertEquals(
        List.of("defaults", "flag=false", "place=second-half"), List.copyOf(variants.keySet()));
    assertEquals(new Varied(2, false, Place.FIRST_HALF), variants.get("flag=false"));
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

  /** Has a default outside of its range. */
  public record Outside(@Option(doc = "rank", value = "0", min = 1) int rank) {}

  /** Refuses its own defaults. */
  public record Refusing(@Option(doc = "rank", value = "1") int rank) {

    /** Refuses. */
    public Refusing {
      throw new IllegalArgumentException("not rank " + rank);
    }
  }

  /** Says nothing of an option. */
  public record Silent(@Option(doc = " ", value = "1") int rank) {}

  /** Says more than one sentence. */
  public record Talking(@Option(doc = "The rank.", value = "1") int rank) {}

  /** Is searched where its record refuses it. */
  public record Searching(
      @Tuned(choices = {"1", "2"}) @Option(doc = "rank", value = "1") int rank) {

    /** Refuses. */
    public Searching {
      if (rank > 1) {
        throw new IllegalArgumentException("not rank " + rank);
      }
    }
  }

  @Test
  void aSearchOfWhatIsNotPossibleIsCaught() {
    assertHyperparametersCaught("not rank 2", Searching.class);
  }

  @Test
  void hyperparametersWithoutProperDefaultsOrDocsAreCaught() {
    assertHyperparametersCaught("rank=0 is not possible", Outside.class);
    assertHyperparametersCaught("not rank 1", Refusing.class);
    assertHyperparametersCaught("rank has no proper doc", Silent.class);
    assertHyperparametersCaught("rank has no proper doc: The rank.", Talking.class);
    DeclarationChecks.everyHyperparameterHasADefaultInRange(new Configured<>(Varied.class));
  }

  private static void assertHyperparametersCaught(String reason, Class<? extends Record> type) {
    assertCaught(
        reason,
        () -> DeclarationChecks.everyHyperparameterHasADefaultInRange(new Configured<>(type)));
  }

  /** A method of which nothing is asked but its hyper-parameters. */
  private record Configured<C extends Record>(Class<C> configType) implements BackboneMethod<C> {

    @Override
    public String id() {
      return "configured";
    }

    @Override
    public String title() {
      return "";
    }

    @Override
    public String bibtex() {
      return "";
    }

    @Override
    public String equation() {
      return "";
    }

    @Override
    public long trainableParameters(C config, ViTConfig backbone) {
      return 0;
    }

    @Override
    public boolean startsAsBackbone(C config) {
      return true;
    }

    @Override
    public void adapt(C config, VisionTransformer backbone) {}
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
